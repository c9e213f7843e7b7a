import type { RunRequest, RunResult } from '../protocol/worker.ts';

export interface ToWorker {
  readonly id: number;
  readonly request: RunRequest;
}

export type FromWorker =
  | { readonly type: 'ready' }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly result: RunResult;
      readonly broken: boolean;
      readonly milliseconds: number;
    }
  | { readonly type: 'crashed'; readonly id: number; readonly message: string };
