import { existsSync, statSync, writeFileSync } from 'node:fs';
import { t } from '../../base/l10n.ts';
import type { Pass, Trace } from '../../trace/format.ts';
import { TraceFormatError, parseTrace } from '../../trace/json.ts';
import { readText } from '../read-text.ts';
import { type Output, output, runOnce } from './commands.ts';
import { WrongUse, exit, nearest } from './outcome.ts';
import type { FileRun } from './run-file.ts';

/** What a file gives: the trace of its run, or the trace that it is. */
export interface Loaded {
  /** Null where the model made none; `told` says why. */
  readonly trace: Trace | null;
  readonly problems: FileRun['problems'];
  /** Problems of the run, and what they make the command end with. */
  readonly told: (out: Output['out']) => Output;
}

/** Runs a model, or reads a trace that `retrograd export --format json` wrote. @throws WrongUse for what is neither */
export async function load(file: string): Promise<Loaded> {
  if (!file.endsWith('.json')) {
    const run = await runOnce(file);
    return { trace: run.result.trace, problems: run.problems, told: (out) => output(run, out) };
  }
  return { trace: readTrace(file), problems: [], told: (out) => ({ out, err: '', code: exit.done }) };
}

export function readTrace(file: string): Trace {
  if (!existsSync(file)) throw new WrongUse(t('There is no file {0}.', file));
  if (!statSync(file).isFile()) throw new WrongUse(t('{0} is not a file.', file));
  try {
    return parseTrace(readText(file));
  } catch (error) {
    if (!(error instanceof TraceFormatError)) throw error;
    throw new WrongUse(t('{0} is no trace of a model: {1}', file, error.message));
  }
}

/** The passes that a command is about: the model that was named, else all. @throws WrongUse for a model that is not there */
export function passesOf({ passes }: Trace, model: string | undefined): readonly Pass[] {
  if (model === undefined) return passes;
  const found = passes.filter(({ name }) => name === model);
  if (found.length > 0) return found;
  const names = passes.map(({ name }) => name);
  const guess = nearest(model, names);
  throw new WrongUse(
    guess === null
      ? t("There is no model '{0}'; there is {1}.", model, names.join(', '))
      : t("There is no model '{0}'; there is {1}. Did you mean '{2}'?", model, names.join(', '), guess),
  );
}

/** To a file where one is named, else to the terminal. @throws WrongUse where it cannot be written */
export function deliver(text: Output['out'], out: string | undefined, told: Loaded['told']): Output {
  if (out === undefined) return told(text);
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new WrongUse(t('{0} could not be written: {1}', out, error instanceof Error ? error.message : String(error)));
  }
  return told(`${t('{0} written.', out)}\n`);
}
