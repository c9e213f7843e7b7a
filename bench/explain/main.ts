import { join } from 'node:path';
import { stdout } from 'node:process';
import type { Trace } from '../../engine/trace/format.ts';
import { printLine, printTimes, sum, tracedText, withBundle } from '../bundled.ts';
import type * as Measure from './measure.ts';
import { recurrent, scalars } from './models.ts';

const targets = { card: 10, count: 200 } as const;

/** How long a hover card takes in a trace of 2,000 nodes, and the count of all paths in one of 100,000. */
export const explain = (): Promise<void> =>
  withBundle<typeof Measure>(join(import.meta.dirname, 'measure.ts'), async (measure, folder) => {
    for (const [name, text] of [
      ['scalars, each made of the two before it', scalars(665)],
      ['a recurrent net, batch 8, width 16', recurrent(665)],
    ] as const) {
      cards(measure, name, await tracedText(folder, text));
    }
    for (const granularity of ['named', 'op'] as const)
      count(measure, granularity, await tracedText(folder, scalars(33_330)));
  });

function cards(measure: typeof Measure, name: string, trace: Trace): void {
  const samples = 100;
  measure.coldCards(trace, 20);
  const cold = measure.coldCards(trace, samples);
  const warm = measure.warmCards(trace);
  const totals = cold.map((stages) => sum([...stages.values()]));
  printTimes(`hover cards, ${trace.nodes.length} nodes: ${name}`, [
    ['one card, nothing known beforehand', totals, targets.card],
    ['one card after another, all nodes', warm, targets.card],
  ]);
  for (const stage of cold[0]!.keys())
    printLine(
      `  ${stage}`,
      cold.map((stages) => stages.get(stage)!),
    );
  stdout.write('\n');
}

function count(measure: typeof Measure, granularity: 'named' | 'op', trace: Trace): void {
  measure.counts(trace, granularity);
  const runs = Array.from({ length: 9 }, () => measure.counts(trace, granularity));
  const { digits } = runs[0]!;
  printTimes(
    `paths from the first of ${trace.nodes.length} nodes, ${granularity} granularity: a number of ${digits} digits`,
    [['all paths of all nodes counted', runs.map(({ stages }) => sum([...stages.values()])), targets.count]],
  );
  for (const stage of runs[0]!.stages.keys())
    printLine(
      `  ${stage}`,
      runs.map(({ stages }) => stages.get(stage)!),
    );
  stdout.write('\n');
}
