import type { NodeId } from '../../base/brand.ts';
import type { Translations } from '../../base/l10n.ts';
import type { CheckProgress, CheckView } from '../../explain/check/view.ts';
import type { Granularity } from '../../explain/view.ts';
import type { TracePart } from './trace-parts.ts';

/** What a check is to find out of a pass. */
export interface CheckAsked {
  readonly granularity: Granularity;
  readonly opened: readonly NodeId[];
  /** By number, or by name as the source has it. Null: of all. */
  readonly node: NodeId | string | null;
}

/** What the worker is started with. */
export interface CheckWorkerStart {
  readonly translations: Translations | null;
}

/** The parts of a trace, and then what is asked about it. A new id is a new check. */
export type ToChecker = { readonly id: number } & (
  | { readonly type: 'part'; readonly part: TracePart }
  | { readonly type: 'check'; readonly asked: CheckAsked }
);

export type FromChecker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: CheckProgress }
  | { readonly type: 'checked'; readonly id: number; readonly view: CheckView }
  | { readonly type: 'crashed'; readonly id: number; readonly message: string };
