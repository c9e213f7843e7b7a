/**
 * `npm run conformance -- [--in node|sandbox|both] FILE…`: runs the cases of reference files as programs over this
 * library, and compares every value and every gradient.
 */
import { parseArgs } from 'node:util';
import { type WayName, allWays, conform } from './conform.ts';
import { UnreadableReference, readReference } from './reference.ts';
import { Tally, failureLines } from './report.ts';

const usage = 'npm run conformance -- [--in node|sandbox|both] FILE…';
const choices: Readonly<Record<string, readonly WayName[]>> = { node: ['node'], sandbox: ['sandbox'], both: allWays };

/** The command was called wrongly. */
class WrongUse extends Error {}

try {
  const { ways, files } = asked(process.argv.slice(2));
  // All are read before any is run, so that a slip of the pen shows at once.
  const cases = files.flatMap((file) => readReference(file));
  const tally = new Tally();
  for await (const outcomes of conform(cases, { ways })) {
    for (const line of failureLines(outcomes)) console.log(line);
    tally.add(outcomes);
  }
  for (const line of tally.lines()) console.log(line);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof UnreadableReference) && !(error instanceof WrongUse)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function asked(args: string[]): { ways: readonly WayName[]; files: readonly string[] } {
  const { values, positionals: files } = parsed(args);
  const ways = Object.hasOwn(choices, values.in) ? choices[values.in] : undefined;
  if (ways === undefined) throw new WrongUse(`--in takes node, sandbox or both, not '${values.in}'.`);
  if (files.length === 0) throw new WrongUse(`No file is named. ${usage}`);
  return { ways, files };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { in: { type: 'string', default: 'both' } } });
  } catch (error) {
    throw new WrongUse(`${(error as Error).message} ${usage}`);
  }
}
