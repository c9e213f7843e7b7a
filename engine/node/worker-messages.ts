import type { Translations } from '../base/l10n.ts';
import type { RunRequest } from '../protocol/worker.ts';
import type { PackedResult } from '../sandbox/host/run.ts';

/** What a worker is started with. */
export interface WorkerStart {
  /** URL of the folder with the guest's bytecode and QuickJS. */
  readonly assets: string;
  readonly lastPlace: SharedArrayBuffer;
  /** A worker has modules of its own, and with them a display language of its own. */
  readonly translations: Translations | null;
}

export interface ToWorker {
  readonly id: number;
  readonly request: RunRequest;
}

export type FromWorker =
  | { readonly type: 'ready' }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly result: PackedResult;
      readonly broken: boolean;
      readonly milliseconds: number;
    }
  | { readonly type: 'crashed'; readonly id: number; readonly message: string };
