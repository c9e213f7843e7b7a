/** The worker thread of one training. */
import { serveTraining } from '../workers/training/serve-training.ts';
import type { FromTrainer, ToTrainer, TrainerStart } from '../workers/training/messages.ts';
import { assetsIn, filesOf, port, start } from './inside.ts';

const given = start<TrainerStart>();
await serveTraining(port<ToTrainer, FromTrainer>(), given, await assetsIn(given), filesOf());
