/** The worker thread that runs models. */
import { serveRuns } from '../workers/runs/serve-runs.ts';
import type { FromWorker, ToWorker } from '../workers/runs/messages.ts';
import type { WorkerStart } from '../workers/threads/messages.ts';
import { assetsIn, filesOf, port, start } from './inside.ts';

const given = start<WorkerStart>();
await serveRuns(port<ToWorker, FromWorker>(), given, await assetsIn(given), filesOf());
