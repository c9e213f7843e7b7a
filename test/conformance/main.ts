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
class HelpAsked extends Error {}

const help = `${usage}

Runs the cases of reference files (format "autograd-ref/1", test/fixtures/reference/README.md) as programs over the library,
and compares every value and every gradient to 1e-9 of the largest element of its tensor, or of 1.

  --in node|sandbox|both   where they run; default: both
  --only TEXT              the cases whose id, or one of whose ops, contains the text

Ends with 0 when all pass, 1 when one does not or there is none, 2 when called wrongly.`;

try {
  const { ways, only, files } = asked(process.argv.slice(2));
  // All are read before any is run, so that a slip of the pen shows at once.
  const references = files.map(opened);
  const tally = new Tally();
  for (const complaint of references.flatMap(({ malformed }) => malformed)) {
    console.error(complaint);
    tally.failed++;
  }
  const all = references.flatMap((reference) => reference.cases);
  const cases = all.filter((one) => concerns(one, only));
  if (cases.length === 0 && all.length > 0) {
    console.error(`None of the ${all.length} cases has ${JSON.stringify(only)} in its id or ops.`);
    process.exitCode = 1;
  }
  for await (const outcomes of conform(cases, { ways })) {
    for (const line of failureLines(outcomes)) console.log(line);
    tally.add(outcomes);
  }
  for (const line of tally.lines()) console.log(line);
  if (tally.failed > 0) process.exitCode = 1;
} catch (error) {
  if (error instanceof HelpAsked) {
    console.log(help);
    process.exit(0);
  }
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
  if (values.help) throw new HelpAsked();
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
      options: {
        in: { type: 'string', default: 'both' },
        only: { type: 'string', default: '' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new WrongUse(`${sentence!.replace(/\.$/, '')}. ${usage}`);
  }
}
