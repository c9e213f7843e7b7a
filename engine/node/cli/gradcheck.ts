import { t } from '../../base/l10n.ts';
import { type CheckDocument, checkDocument } from '../../explain/check/document.ts';
import { viewOfCheck } from '../../explain/check/build.ts';
import { type Checked, checkSteps } from '../../explain/check/steps.ts';
import type { CheckProgress } from '../../explain/check/view.ts';
import { checkText } from '../../explain/check/terminal.ts';
import { type Output, type TraceOptions, nodeFor, output, requireModel, runOnce } from './commands.ts';
import { exit } from './outcome.ts';
import { progressLine } from './progress.ts';

export interface GradcheckOptions extends TraceOptions {
  readonly elements?: number;
}

/** `retrograd gradcheck FILE [NODE]`: gradients against central differences, of one model or of all. */
export async function gradcheck(
  file: string,
  query: string | null,
  { model, elements, json = false }: GradcheckOptions,
): Promise<Output> {
  const run = await runOnce(file);
  requireModel(run, model);
  const { presenter, result } = run;
  const passes = result.trace?.passes ?? [];
  const progress = progressLine(t('checking gradients'));
  const names = model === undefined ? passes.map(({ name }) => name) : [model];
  const texts: string[] = [];
  const documents: CheckDocument[] = [];
  for (const name of query === null ? names : names.slice(0, 1)) {
    presenter.choose(name, 'named', []);
    const view = presenter.view!;
    const node = query === null ? null : nodeFor(presenter, query);
    const steps = checkSteps(view, { node, ...(elements === undefined ? {} : { elements }) });
    const checked = finished(steps, ({ done, total }) => progress?.tell(view.pass.name, done, total));
    texts.push(checkText(viewOfCheck(view, checked)));
    documents.push(checkDocument(view, checked));
  }
  progress?.end();
  const { out, err, code } = output(
    run,
    json ? `${JSON.stringify({ models: documents }, null, 1)}\n` : texts.join('\n'),
  );
  const failed = documents.some(({ passed }) => !passed);
  return { out, err, code: code === exit.done && failed ? exit.modelProblems : code };
}

/** Nothing else waits for this process: it need not pause. */
function finished(steps: Generator<CheckProgress, Checked>, tell: (progress: CheckProgress) => void): Checked {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    tell(value);
  }
}
