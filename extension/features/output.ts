import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { LineTable } from '../../engine/base/span.ts';
import { commands } from '../contributions.ts';
import type { Feature } from '../feature.ts';
import type { FinishedRun } from '../live/live.ts';

/** The output channel: what the models print, and how long runs take. */
export const output: Feature = {
  name: 'output',
  start: ({ live, log }) => {
    const store = new DisposableStore();
    let printed = '';
    store.add(
      live.onDidFinish((run) => {
        log.debug(
          run.result.timings.map(({ stage, milliseconds }) => `${stage} ${milliseconds.toFixed(1)} ms`).join(' · '),
        );
        const lines = printedLines(run);
        // An edit that prints the same again would bury the rest of the channel.
        if (lines.join('\n') !== printed) for (const line of lines) log.info(line);
        printed = lines.join('\n');
      }),
    );
    store.add(vscode.commands.registerCommand(commands.showOutput, () => log.show(true)));
    return store;
  },
};

function printedLines({ result: { trace } }: FinishedRun): string[] {
  const tables = new Map(trace?.files.map(({ path, text }) => [path, new LineTable(text)]));
  return (trace?.log ?? []).map(({ level, text, file, span }) => {
    const line = tables.get(file)?.positionAt(span.start).line;
    return `${file}${line === undefined ? '' : `:${line}`}  ${level === 'log' ? '' : `${level}: `}${text}`;
  });
}
