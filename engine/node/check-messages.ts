import type { NodeId } from '../base/brand.ts';
import type { Translations } from '../base/l10n.ts';
import type { CheckProgress, CheckView } from '../explain/check/view.ts';
import type { Granularity } from '../explain/view.ts';
import type { Trace } from '../trace/format.ts';

/** A check of one pass of a trace. */
export interface CheckRequest {
  readonly trace: Trace;
  /** Which of the trace's passes. */
  readonly pass: number;
  readonly granularity: Granularity;
  readonly opened: readonly NodeId[];
  /** By number, or by name as the source has it. Null: of all. */
  readonly node: NodeId | string | null;
}

/** What the worker is started with. */
export interface CheckWorkerStart {
  readonly translations: Translations | null;
}

export interface ToChecker {
  readonly id: number;
  readonly request: CheckRequest;
}

export type FromChecker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: CheckProgress }
  | { readonly type: 'checked'; readonly id: number; readonly view: CheckView }
  | { readonly type: 'crashed'; readonly id: number; readonly message: string };
