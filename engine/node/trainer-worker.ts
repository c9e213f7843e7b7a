/** The worker thread of one training. It may be terminated at any moment. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { setTranslations } from '../base/l10n.ts';
import { TrainingLoop } from './training-loop.ts';
import { LastPlace } from './last-place.ts';
import { Pulse } from './pulse.ts';
import type { FromTrainer, ToTrainer, TrainerStart } from './trainer-messages.ts';
import { WorkspaceFiles } from './workspace-files.ts';

const port = parentPort!;
const { assets, lastPlace, translations, request, pulse } = workerData as TrainerStart;
setTranslations(translations);
const last = new LastPlace(lastPlace);
const asset = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, assets)));
const send = (message: FromTrainer): void => port.postMessage(message);

const { root, entry, overlays, budget, model, weights = [] } = request;
const loop = new TrainingLoop(
  { entry, budget, model, weights, files: new WorkspaceFiles(root, overlays) },
  {
    wasm: await WebAssembly.compile(asset('quickjs.wasm')),
    bytecode: asset('guest.bin'),
    now: () => performance.now(),
    seen: (place) => last.write(place),
  },
  new Pulse(pulse),
  (report) => send({ type: 'report', report }),
);

port.on('message', (message: ToTrainer) => {
  switch (message.type) {
    case 'run':
      return loop.run();
    case 'pause':
      return loop.pause();
    case 'step':
      return loop.step();
    case 'reset':
      return void loop.reset();
    case 'limit':
      return loop.limit(message.stepsPerSecond);
    case 'weights':
      return send({ type: 'weights', id: message.id, weights: loop.weights() });
    case 'trace':
      return void loop.trace(message.step).then((result) => send({ type: 'trace', id: message.id, result }));
  }
});

await loop.reset();
