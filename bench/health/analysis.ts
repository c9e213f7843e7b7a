import { join } from 'node:path';
import { stdout } from 'node:process';
import type { Trace } from '../../engine/trace/format.ts';
import { printLine, printTimes, sum, tracedText, withBundle } from '../bundled.ts';
import type * as Measure from './measure.ts';
import { recurrent, sigmoids } from './models.ts';

const target = 20;
const samples = 60;

/** How long all rules and the leak locator take in traces of about 2,000 nodes. */
export const analysis = (): Promise<void> =>
  withBundle<typeof Measure>(join(import.meta.dirname, 'measure.ts'), async (measure, folder) => {
    report(measure, 'layers with weights of their own', await tracedText(folder, sigmoids));
    report(measure, 'a recurrent net', await tracedText(folder, recurrent));
  });

function report({ examined }: typeof Measure, name: string, trace: Trace): void {
  for (let i = 0; i < 20; i++) examined(trace);
  const runs = Array.from({ length: samples }, () => examined(trace));
  const { findings, parameters, stages } = runs[0]!;
  printTimes(`health, ${trace.nodes.length} nodes: ${name}; ${parameters} parameters, ${findings} findings`, [
    ['everything', runs.map((run) => sum([...run.stages.values()])), target],
  ]);
  for (const stage of stages.keys())
    printLine(
      `  ${stage}`,
      runs.map((run) => run.stages.get(stage)!),
    );
  stdout.write('\n');
}
