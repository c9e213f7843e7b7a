import { t } from '../../base/l10n.ts';
import type { NodeId } from '../../base/brand.ts';
import { buildCard } from '../card.ts';
import { viewOfCheck } from '../check/build.ts';
import { checkSteps } from '../check/steps.ts';
import type { CheckView } from '../check/view.ts';
import { buildFlow } from '../flow/build.ts';
import { buildGraph } from '../graph.ts';
import { type Examination, findingsOf } from '../health/findings.ts';
import { nodeView } from '../node-view.ts';
import { formatNumber } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import type { ModelReport, ParameterReport } from './view.ts';

/** A card is a page; nobody reads more of them. */
const mostCards = 24;
const mostFlows = 3;

export interface ReportChoices extends Examination {
  /** Whether gradients are compared with central differences too. */
  readonly gradients: boolean;
}

export function modelReport(view: PassView, { gradients, ...examination }: ReportChoices): ModelReport {
  const graph = buildGraph(view);
  const ids = graph.nodes.flatMap(({ id, kind }) => (kind === 'parameter' ? [id] : []));
  const parameters = ids.map((id) => parameterReport(view, id));
  const told = ids.slice(0, mostCards);
  return {
    graph,
    summary: summaryOf(view, graph.nodes.length, ids.length),
    findings: findingsOf(view, examination),
    parameters,
    cards: told.map((id) => buildCard(view, id)),
    flows: weakest(ids, parameters)
      .slice(0, mostFlows)
      .flatMap((id) => {
        const flow = buildFlow(view, id);
        return flow ? [{ name: view.names.shown(id), flow }] : [];
      }),
    withoutCard: ids.length - told.length,
    check: gradients ? checkOf(view) : null,
  };
}

function parameterReport(view: PassView, id: NodeId): ParameterReport {
  const { name, shape, value, gradient, noGradient, source } = nodeView(view, id);
  const norm = view.pass.gradients.get(id)?.statistics.norm;
  return {
    name,
    shape,
    value: value.text,
    norm: norm === undefined ? '–' : formatNumber(norm),
    decades: gradient?.magnitude ? Math.log10(gradient.magnitude) : null,
    noGradient,
    line: source?.line ?? null,
  };
}

/** Those with the smallest gradients first. */
const weakest = (ids: readonly NodeId[], parameters: readonly ParameterReport[]): readonly NodeId[] =>
  ids
    .map((id, i) => ({ id, decades: parameters[i]!.decades ?? -Infinity }))
    .sort((a, b) => a.decades - b.decades)
    .map(({ id }) => id);

function summaryOf({ pass, graph, names }: PassView, nodes: number, parameters: number): string {
  let squares = 0;
  for (const [id, { statistics }] of pass.gradients)
    if (graph.node(id).kind === 'parameter') squares += statistics.norm ** 2;
  const loss = formatNumber(graph.node(pass.loss).value.data?.[0] ?? NaN);
  return [
    `${names.shown(pass.loss)} = ${loss}`,
    `‖∇‖ = ${formatNumber(Math.sqrt(squares))}`,
    t('{0} nodes, {1} parameters', nodes, parameters),
  ].join(' · ');
}

function checkOf(view: PassView): CheckView {
  const steps = checkSteps(view, { node: null });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return viewOfCheck(view, value);
  }
}
