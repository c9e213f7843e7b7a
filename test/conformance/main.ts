/**
 * `npm run conformance -- FILE…`: runs the cases of reference files as programs over this library, and compares every
 * value and every gradient.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type WayName, allWays, conform } from './conform.ts';
import { type Reference, type ReferenceCase, UnreadableReference, openReference } from './reference.ts';
import { Tally, failureLines } from './report.ts';

const usage = 'npm run conformance -- [--in node|sandbox|both] [--only TEXT] FILE…';
const choices: Readonly<Record<string, readonly WayName[]>> = { node: ['node'], sandbox: ['sandbox'], both: allWays };

/** The command was called wrongly. */
class WrongUse extends Error {}

try {
  const { ways, only, files } = asked(process.argv.slice(2));
  // All are read before any is run, so that a slip of the pen shows at once.
  const references = files.map(opened);
  const tally = new Tally();
  for (const complaint of references.flatMap(({ malformed }) => malformed)) {
    console.error(complaint);
    tally.failed++;
  }
  const cases = references.flatMap((reference) => reference.cases).filter((one) => concerns(one, only));
  for await (const outcomes of conform(cases, { ways })) {
    for (const line of failureLines(outcomes)) console.log(line);
    tally.add(outcomes);
  }
  for (const line of tally.lines()) console.log(line);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof WrongUse)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** A file that cannot be read fails by itself; the others are run all the same. */
function opened(file: string): Reference {
  try {
    return openReference(file);
  } catch (error) {
    if (!(error instanceof UnreadableReference)) throw error;
    return { cases: [], malformed: [error.message] };
  }
}

/** Whether a case's name or one of its ops contains a text. */
function concerns({ id, nodes }: ReferenceCase, text: string): boolean {
  return id.includes(text) || nodes.some(({ op }) => op.includes(text));
}

function asked(args: string[]): { ways: readonly WayName[]; only: string; files: readonly string[] } {
  const { values, positionals: files } = parsed(args);
  const ways = Object.hasOwn(choices, values.in) ? choices[values.in] : undefined;
  if (ways === undefined) throw new WrongUse(`--in takes node, sandbox or both, not '${values.in}'.`);
  if (files.length === 0) throw new WrongUse(`No file is named. ${usage}`);
  // npm runs scripts in the package's own folder, wherever it was called.
  const here = process.env['INIT_CWD'] ?? process.cwd();
  return { ways, only: values.only, files: files.map((file) => resolve(here, file)) };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { in: { type: 'string', default: 'both' }, only: { type: 'string', default: '' } },
    });
  } catch (error) {
    throw new WrongUse(`${(error as Error).message} ${usage}`);
  }
}
