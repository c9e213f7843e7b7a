/** The Worker of a browser, whatever it is to do: it is made of text, and can load nothing of its own. */
import { serveChecks } from '../workers/checks/serve-checks.ts';
import { serveRuns } from '../workers/runs/serve-runs.ts';
import { serveTraining } from '../workers/training/serve-training.ts';
import type { FilesOf } from '../workers/threads/inside.ts';
import type { Port } from '../workers/threads/thread.ts';
import { FilesByAsking } from '../workers/files/told-files.ts';
import type { StartMessage } from './start-message.ts';

// A failure that nobody caught reaches the host as an error of this worker only where it is thrown, not where it is rejected.
addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

addEventListener('message', ({ data }) => serve(data as StartMessage), { once: true });

function serve(message: StartMessage): void {
  const byAsking = new FilesByAsking();
  const filesOf: FilesOf = ({ entry, overlays }, ask) => byAsking.of(entry, overlays, ask);
  switch (message.work) {
    case 'run':
      return void serveRuns(port(), message.start, message.assets, filesOf);
    case 'train':
      return void serveTraining(port(), message.start, message.assets, filesOf);
    case 'check':
      return serveChecks(port(), message.start);
  }
}

function port<To, From>(): Port<To, From> {
  const early: To[] = [];
  let heard = (message: To): void => void early.push(message);
  addEventListener('message', ({ data }) => heard(data as To));
  return {
    post: (message) => postMessage(message),
    listen: (listener) => {
      heard = listener;
      for (const message of early.splice(0)) listener(message);
    },
  };
}
