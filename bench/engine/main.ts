import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distance } from './agree.ts';
import type { Times } from './conversation.ts';
import { type Engine, engines } from './engines.ts';
import { memory } from './memory.ts';
import { type Row, table } from './report.ts';
import { type WorkloadName, workloadNames, workloads } from './workloads.ts';

const rounds = 5;
/** Milliseconds of measuring per engine and round. */
const stretch = 500;
/** Some peers take minutes to translate ten thousand ops: they are told to stop. */
const patience = 120_000;

/**
 * W1–W5 on every engine there is, in one run: round after round, each engine in its turn, so that all meet the same weather.
 * @param names which of them, or `memory`; all when empty
 */
export async function engine(names: readonly string[]): Promise<void> {
  const wanted = (name: string): boolean => names.length === 0 || names.includes(name);
  const unknown = names.find((name) => name !== 'memory' && !(name in workloads));
  if (unknown !== undefined)
    throw new Error(`There is no ${unknown}: name some of ${workloadNames.join(', ')}, memory.`);

  const folder = mkdtempSync(join(tmpdir(), 'retrograd-engines-'));
  const { own, sandbox, peers } = await engines(folder);
  const all = [own, sandbox, ...peers];
  try {
    const present: Engine[] = [];
    for (const one of all) {
      const reply = await one.conversation.start(patience);
      if ('fails' in reply) write(`${one.key} does not start: ${reply.fails}`);
      else present.push(one);
      if ('version' in reply) write(`${one.key}: ${reply.version}`);
    }
    for (const name of workloadNames.filter(wanted)) write(table(name, await compared(name, own, present)));
    for (const { conversation } of all) conversation.end();
    if (wanted('memory')) write(await memory(folder));
  } finally {
    for (const { conversation } of all) conversation.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compared(name: WorkloadName, own: Engine, present: readonly Engine[]): Promise<Row[]> {
  const { tolerance, leaves: made } = workloads[name];
  const leaves = made();
  const reference = await own.conversation.reference(name, leaves, patience);
  if ('fails' in reference) throw new Error(`${name} in float64: ${reference.fails}`);
  const rows: Row[] = [];
  const running: { readonly row: Row & { samples: Times[] }; readonly engine: Engine }[] = [];
  for (const one of present) {
    const row = { key: one.key, note: '', samples: [] as Times[] };
    rows.push(row);
    const checked = await one.conversation.prepare(name, leaves, patience);
    if ('fails' in checked) {
      row.note = `fails: ${firstLine(checked.fails)}`;
      continue;
    }
    const { worst, of } = distance(checked, reference);
    if (worst <= tolerance) running.push({ row, engine: one });
    else row.note = `another result: ${of} is ${worst.toExponential(1)} away, over ${tolerance}`;
  }
  for (let round = 0; round < rounds; round++) {
    for (const { row, engine: one } of running) {
      if (row.note !== '') continue;
      const times = await one.conversation.measure(stretch, patience);
      if ('fails' in times) row.note = `fails: ${firstLine(times.fails)}`;
      else row.samples.push(times);
    }
  }
  return rows;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.slice(0, 100);
const write = (text: string): void => void process.stdout.write(`${text}\n`);
