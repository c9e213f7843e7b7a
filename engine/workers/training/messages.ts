import type { TrainedParameter, TrainingReport } from '../../protocol/training.ts';
import type { RunRequest } from '../../protocol/worker.ts';
import type { PackedResult } from '../../sandbox/host/run.ts';
import type { AskForFiles, Seen, TellFiles, WorkerStart } from '../threads/messages.ts';

/** What the worker of a training is started with. */
export interface TrainerStart extends WorkerStart {
  readonly request: RunRequest & { readonly model: string | null };
  /** See `Pulse`. Null where threads share no memory: then each beat is told. */
  readonly pulse: SharedArrayBuffer | null;
}

export type ToTrainer =
  | { readonly type: 'run' | 'pause' | 'step' | 'reset' }
  | { readonly type: 'limit'; readonly stepsPerSecond: number | null }
  | { readonly type: 'trace'; readonly id: number; readonly step: number }
  | { readonly type: 'weights'; readonly id: number }
  | TellFiles;

export type FromTrainer =
  | Seen
  | AskForFiles
  | { readonly type: 'beat' }
  | { readonly type: 'report'; readonly report: TrainingReport }
  | { readonly type: 'trace'; readonly id: number; readonly result: PackedResult | null }
  | { readonly type: 'weights'; readonly id: number; readonly weights: readonly TrainedParameter[] };
