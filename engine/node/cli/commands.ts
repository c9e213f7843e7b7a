import { t } from '../../base/l10n.ts';
import { buildGradientFunction } from '../../explain/gradient-function/build.ts';
import type { FormulaFormat } from '../../explain/gradient-function/view.ts';
import { type ProblemDocument, explainDocument, traceDocument } from '../../explain/json.ts';
import { cardText, traceText } from '../../explain/terminal.ts';
import type { NodeId } from '../../base/brand.ts';
import { Presenter } from '../../explain/presenter.ts';
import type { Granularity } from '../../explain/view.ts';
import { startRunner } from '../runner.ts';
import { examinationFor } from './config-file.ts';
import { WrongUse, exitCodeFor, nearest, problemLine } from './outcome.ts';
import { type FileRun, locate, runFile } from './run-file.ts';

/** What a command prints, and what it ends with. */
export interface Output {
  /** Bytes are a file for another program. */
  readonly out: string | Uint8Array;
  readonly err: string;
  readonly code: number;
}

export interface TraceOptions {
  readonly model?: string;
  readonly json?: boolean;
}

export interface ExplainOptions extends TraceOptions {
  readonly granularity: Granularity;
  /** The gradient as one function of the leaves, instead of its chain rule. */
  readonly format?: FormulaFormat;
}

/** `retrograd trace FILE`: values and gradients of every model of a file. */
export async function trace(file: string, { model, json = false }: TraceOptions): Promise<Output> {
  const run = await runOnce(file);
  requireModel(run, model);
  const { result, presenter } = run;
  if (json) return printedAsJson(run, traceDocument(result.trace, problemsIn(run), model));
  const names = (result.trace?.passes ?? [])
    .map(({ name }) => name)
    .filter((name) => model === undefined || name === model);
  const texts = names.map((name) => {
    presenter.choose(name, 'named', []);
    return traceText(presenter.view!);
  });
  return output(run, texts.join('\n'));
}

/** `retrograd explain FILE NODE`: the chain rule of one node, or its gradient as a function to be copied. */
export async function explain(
  file: string,
  query: string,
  { model, granularity, json = false, format }: ExplainOptions,
): Promise<Output> {
  const run = await runOnce(file);
  requireModel(run, model);
  const { presenter, result } = run;
  // Whoever reads JSON is told in JSON why there is nothing to explain.
  if (!result.trace) return json ? printedAsJson(run, { problems: problemsIn(run) }) : output(run, '');
  presenter.choose(model ?? null, granularity, []);
  const node = followElement(presenter, query) ?? nodeFor(presenter, query);
  const view = presenter.view!;
  if (format !== undefined) {
    const { texts, refusal } = buildGradientFunction(view, node);
    if (texts === null) throw new WrongUse(refusal!);
    return output(run, texts[format]);
  }
  return json ? printedAsJson(run, explainDocument(view, node)) : output(run, cardText(presenter.card(node)!));
}

const printedAsJson = (run: FileRun, document: object): Output => output(run, `${JSON.stringify(document, null, 1)}\n`);

const problemsIn = ({ problems }: FileRun): ProblemDocument[] =>
  problems.map(({ file, line, column, message, code }) => ({ file, line, column, message, code }));

/**
 * Follows one element where the text names one, `W1[2,0]`: then every number is that element's. A name that the source gives
 * to several nodes is followed by an index too (`h[2]`), and comes first.
 * @returns whose element it is; null where the text names none.
 * @throws WrongUse for an index that a tensor does not have.
 */
function followElement(presenter: Presenter, query: string): NodeId | null {
  if (!/\[[\d,\s]+\]$/.test(query) || presenter.findNode(query) !== null) return null;
  presenter.chooseElement(query);
  const { element, elementAsked, names, graph } = presenter.view!;
  if (element) return element.element.node;
  presenter.chooseElement(null);
  const named = names.find(query.replace(/\s*\[[^[]*$/, ''));
  if (named !== null && graph.node(named).shape.length > 0) throw new WrongUse(elementAsked!.problem!);
  return null;
}

/** @throws WrongUse for what is no node of the model, with the name that was probably meant. */
export function nodeFor(presenter: Presenter, query: string): NodeId {
  const view = presenter.view!;
  const found = presenter.findNode(query);
  const node = found === null ? null : view.shownFor(found);
  if (node !== null) return node;
  const guess = nearest(
    query,
    view.graph.nodes.map((id) => view.names.written(id)),
  );
  throw new WrongUse(
    guess === null
      ? t("{0} has no node '{1}'.", view.pass.name, query)
      : t("{0} has no node '{1}'. Did you mean '{2}'?", view.pass.name, query, guess),
  );
}

export async function runOnce(file: string): Promise<FileRun> {
  const place = locate(file);
  if (file.endsWith('.json'))
    throw new WrongUse(t('{0} is no program. Of a saved trace there are export, report, compare and check.', file));
  const presenter = new Presenter();
  presenter.examineWith(examinationFor(place));
  const runner = startRunner({ spare: false });
  try {
    return (await runFile(place, runner, presenter))!;
  } finally {
    runner.dispose();
  }
}

export function requireModel({ result }: FileRun, model: string | undefined): void {
  if (model === undefined || !result.trace) return;
  const names = result.trace.passes.map(({ name }) => name);
  if (names.includes(model)) return;
  const guess = nearest(model, names);
  throw new WrongUse(
    guess === null
      ? t("There is no model '{0}'; there is {1}.", model, names.join(', '))
      : t("There is no model '{0}'; there is {1}. Did you mean '{2}'?", model, names.join(', '), guess),
  );
}

export const output = ({ problems }: FileRun, out: Output['out']): Output => ({
  out,
  err: problems.map((problem) => `${problemLine(problem)}\n`).join(''),
  code: exitCodeFor(problems),
});
