import { setTranslations } from '../../base/l10n.ts';
import { Asking, type Assets, type FilesOf, engineOf } from '../threads/inside.ts';
import { Pulse } from '../threads/pulse.ts';
import type { Port } from '../threads/thread.ts';
import type { FromTrainer, ToTrainer, TrainerStart } from './messages.ts';
import { TrainingLoop } from './training-loop.ts';

/** What the thread of one training does. It may be terminated at any moment. */
export async function serveTraining(
  port: Port<ToTrainer, FromTrainer>,
  start: TrainerStart,
  assets: Assets,
  filesOf: FilesOf,
): Promise<void> {
  setTranslations(start.translations);
  const asking = new Asking((message) => port.post(message));
  // What it is told while files are fetched is done once there is a loop.
  let begun: (loop: TrainingLoop) => void;
  const loop = new Promise<TrainingLoop>((resolve) => (begun = resolve));
  port.listen((message) => {
    if (message.type === 'files') asking.answered(message);
    else void loop.then((one) => obey(one, message, port));
  });
  const { entry, budget, model, weights = [] } = start.request;
  const files = await filesOf(start.request, asking.ask);
  const made = new TrainingLoop(
    { entry, budget, model, weights, files },
    engineOf(assets, start, (seen) => port.post(seen)),
    start.pulse ? new Pulse(start.pulse) : { beat: () => port.post({ type: 'beat' }) },
    (report) => port.post({ type: 'report', report }),
  );
  await made.reset();
  begun!(made);
}

function obey(
  loop: TrainingLoop,
  message: Exclude<ToTrainer, { type: 'files' }>,
  port: Port<ToTrainer, FromTrainer>,
): void {
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
      return port.post({ type: 'weights', id: message.id, weights: loop.weights() });
    case 'trace':
      return void loop.trace(message.step).then((result) => port.post({ type: 'trace', id: message.id, result }));
  }
}
