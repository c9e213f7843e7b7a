/** The worker thread that runs models. It may be terminated at any moment, and is. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { ModulePath } from '../base/brand.ts';
import { setTranslations } from '../base/l10n.ts';
import { type RunRequest, defaultBudget } from '../protocol/worker.ts';
import type { Engine } from '../sandbox/host/engine.ts';
import { type PackedResult, runProgram } from '../sandbox/host/run.ts';
import { fixedProgram, notFixed } from './fixed-run.ts';
import { LastPlace } from './last-place.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';
import { WorkspaceFiles } from './workspace-files.ts';

const port = parentPort!;
const { assets, lastPlace, translations } = workerData as WorkerStart;
setTranslations(translations);
const last = new LastPlace(lastPlace);
const asset = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, assets)));

const engine: Engine = {
  wasm: await WebAssembly.compile(asset('quickjs.wasm')),
  bytecode: asset('guest.bin'),
  now: () => performance.now(),
  seen: (place) => last.write(place),
};

const send = (message: FromWorker): void => port.postMessage(message);

/** The first run of everything is several times slower than the second: that one is not the user's. */
async function warmUp(): Promise<void> {
  const entry = 'warm-up.ts' as ModulePath;
  const text =
    "import { model, param } from 'retrograd';\nconst w: any = param([1, 2]);\nexport const m = model(() => w.mul(w).tanh().sum());\n";
  const files = { read: () => text, resolve: () => entry };
  for (let i = 0; i < 2; i++) await runProgram(entry, files, defaultBudget, engine);
}

async function run(request: RunRequest): Promise<PackedResult> {
  const fixed = request.fix ? fixedProgram(request) : null;
  if (request.fix && !fixed) return notFixed;
  const asked = fixed?.request ?? request;
  const { root, entry, overlays, budget } = asked;
  const result = await runProgram(entry, new WorkspaceFiles(root, overlays), budget, engine, asked);
  return fixed ? { ...result, edits: fixed.edits } : result;
}

port.on('message', ({ id, request }: ToWorker) => {
  const started = performance.now();
  const finish = (result: PackedResult): void => {
    // Whatever went wrong inside the host may have left something behind: such a worker is not used again.
    const broken = result.problems.some(({ code }) => code === 'internal' || code === 'out-of-memory');
    send({ type: 'result', id, result, broken, milliseconds: performance.now() - started });
  };
  Promise.resolve()
    .then(() => run(request))
    .then(finish, (error: unknown) =>
      send({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) }),
    );
});

await warmUp();
send({ type: 'ready' });
