import type { RunRequest } from '../../protocol/worker.ts';
import type { PackedResult } from '../../sandbox/host/run.ts';
import type { AskForFiles, Seen, TellFiles } from '../threads/messages.ts';

export type ToWorker = { readonly type: 'run'; readonly id: number; readonly request: RunRequest } | TellFiles;

export type FromWorker =
  | { readonly type: 'ready' }
  | Seen
  | AskForFiles
  | {
      readonly type: 'result';
      readonly id: number;
      readonly result: PackedResult;
      readonly broken: boolean;
      readonly milliseconds: number;
    }
  | { readonly type: 'crashed'; readonly id: number; readonly message: string };
