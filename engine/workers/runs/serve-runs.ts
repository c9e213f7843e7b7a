import type { ModulePath } from '../../base/brand.ts';
import { setTranslations } from '../../base/l10n.ts';
import { type RunRequest, defaultBudget } from '../../protocol/worker.ts';
import type { Engine } from '../../sandbox/host/engine.ts';
import { type PackedResult, runProgram } from '../../sandbox/host/run.ts';
import { fixedProgram, notFixed } from './fixed-run.ts';
import { Asking, type Assets, type FilesOf, engineOf } from '../threads/inside.ts';
import type { Port } from '../threads/thread.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { WorkerStart } from '../threads/messages.ts';

/** What a thread does that runs models. It may be terminated at any moment, and is. */
export async function serveRuns(
  port: Port<ToWorker, FromWorker>,
  start: WorkerStart,
  assets: Assets,
  filesOf: FilesOf,
): Promise<void> {
  setTranslations(start.translations);
  const engine = engineOf(assets, start, (seen) => port.post(seen));
  const asking = new Asking((message) => port.post(message));

  const run = async (request: RunRequest): Promise<PackedResult> => {
    const { entry, budget, fix } = request;
    const files = await filesOf(request, asking.ask);
    if (!fix) return runProgram(entry, files, budget, engine, request);
    const fixed = fixedProgram(request, fix, files);
    if (!fixed) return notFixed;
    return { ...(await runProgram(entry, fixed.files, budget, engine, request)), edits: fixed.edits };
  };

  port.listen((message) => {
    if (message.type === 'files') return asking.answered(message);
    const { id, request } = message;
    const started = performance.now();
    const finish = (result: PackedResult): void => {
      // Whatever went wrong inside the host may have left something behind: such a worker is not used again.
      const broken = result.problems.some(({ code }) => code === 'internal' || code === 'out-of-memory');
      port.post({ type: 'result', id, result, broken, milliseconds: performance.now() - started });
    };
    Promise.resolve()
      .then(() => run(request))
      .then(finish, (error: unknown) =>
        port.post({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) }),
      );
  });

  await warmUp(engine);
  port.post({ type: 'ready' });
}

/** The first run of everything is several times slower than the second: that one is not the user's. */
async function warmUp(engine: Engine): Promise<void> {
  const entry = 'warm-up.ts' as ModulePath;
  const text =
    "import { model, param } from 'retrograd';\nconst w: any = param([1, 2]);\nexport const m = model(() => w.mul(w).tanh().sum());\n";
  const files = { read: () => text, resolve: () => entry };
  for (let i = 0; i < 2; i++) await runProgram(entry, files, defaultBudget, engine);
}
