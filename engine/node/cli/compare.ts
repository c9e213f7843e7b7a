import { basename } from 'node:path';
import { compareRuns } from '../../explain/compare/build.ts';
import { comparisonText } from '../../explain/compare/terminal.ts';
import { t } from '../../base/l10n.ts';
import type { Output } from './commands.ts';
import { load, passesOf } from './load.ts';
import { WrongUse, harmless } from './outcome.ts';

export interface CompareOptions {
  readonly model?: string;
  readonly with?: string;
  readonly format: 'text' | 'json';
}

/** `retrograd compare BEFORE AFTER`, `retrograd compare FILE --with SNAPSHOT`: two runs, model by model. Each is a model or a saved trace. */
export async function compare(
  first: string,
  second: string | undefined,
  { with: snapshot, model, format }: CompareOptions,
): Promise<Output> {
  if ((second === undefined) === (snapshot === undefined))
    throw new WrongUse(t('Name two files, or one file and a snapshot to compare it with.'));
  const [oldFile, newFile] = second === undefined ? [snapshot!, first] : [first, second];
  const [before, after] = [await load(oldFile), await load(newFile)];
  if (!before.trace) return before.told('');
  if (!after.trace) return after.told('');
  // Either may have it, but one of them must.
  if (model !== undefined && !before.trace.passes.some(({ name }) => name === model)) passesOf(after.trace, model);
  const comparison = compareRuns(
    { label: basename(oldFile), trace: before.trace },
    { label: basename(newFile), trace: after.trace },
    model === undefined ? {} : { model },
  );
  return after.told(
    format === 'json' ? `${JSON.stringify(comparison, null, 1)}\n` : comparisonText(comparison, harmless),
  );
}
