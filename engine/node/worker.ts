/** The worker thread that runs models. */
import { serveRuns } from '../workers/serve-runs.ts';
import type { FromWorker, ToWorker, WorkerStart } from '../workers/worker-messages.ts';
import { assetsIn, filesOf, port, start } from './inside.ts';

const given = start<WorkerStart>();
await serveRuns(port<ToWorker, FromWorker>(), given, await assetsIn(given), filesOf());
