import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { t } from '../../base/l10n.ts';
import { cardText, traceText } from '../../explain/terminal.ts';
import type { Presenter } from '../../explain/presenter.ts';
import { startRunner } from '../runner.ts';
import { servePanel } from '../serve/server.ts';
import { LiveFile } from '../serve/live-file.ts';
import { exit, problemLine } from './outcome.ts';
import { locate } from './run-file.ts';

/** Traces a file, tells what it found, and shows the same live in a browser until it is interrupted. */
export async function start(file: string, print: (text: string) => void): Promise<number> {
  const place = locate(file);
  const runner = startRunner();
  const live = new LiveFile(place, runner);
  live.onDidRun(({ problems }) => {
    for (const problem of problems) print(`${problemLine(problem)}\n`);
  });
  await live.run();
  if (live.presenter.trace) print(summary(live.presenter));
  const server = await servePanel(live, (where) => print(`${where}\n`));
  live.watch();
  print(`\n${t('Live panel: {0}', server.url)}\n${t('It follows {0} as it is saved. Ctrl-C ends it.', place.entry)}\n`);
  if (isOnPath('code')) print(`${t('To see it in the editor itself: {0}', 'npm run vscode')}\n`);
  await interrupted();
  live.dispose();
  runner.dispose();
  await server.close();
  return exit.done;
}

/** Values, gradients, and the chain rule of the first parameter. */
export function summary(presenter: Presenter): string {
  const view = presenter.view!;
  const parameter = view.graph.nodes.find((id) => view.graph.node(id).kind === 'parameter');
  const card = parameter === undefined ? null : presenter.card(parameter);
  return `${traceText(view)}\n${card ? cardText(card) : ''}`;
}

const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
