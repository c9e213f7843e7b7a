import { clippedTo } from '../../analysis/health/rules/exploding-gradient.ts';
import type { RuleId } from '../../analysis/health/finding.ts';
import type { Trace } from '../../trace/format.ts';
import { PassView } from '../pass-view.ts';
import { type Examination, findingsOf } from './findings.ts';
import type { FindingView } from './view.ts';

/** What a run with a fix says of it. */
export interface Trial {
  /** There is a finding of its rule less, and of no rule one more. */
  readonly gone: boolean;
  /** Norm of the smallest parameter gradient of the model after the fix, over that before; of the largest for one that explodes. */
  readonly factor: number;
  /** Gone, and the gradients are finite; of a gradient that vanishes, the smallest is larger; of one that explodes, the largest smaller. */
  readonly helps: boolean;
}

/** @param after the run with the fix applied; of another program than `before` only by it. */
export function trialOf(finding: FindingView, before: PassView, after: Trace, examination: Examination): Trial {
  const pass = after.passes.find(({ name, kind }) => name === before.pass.name && kind === before.pass.kind);
  if (!pass) return { gone: false, factor: NaN, helps: false };
  const then = new PassView(after, pass, before.granularity);
  const { rule } = finding;
  const [sick, now] = [counts(before, examination), counts(then, examination)];
  const gone =
    (now.get(rule) ?? 0) < (sick.get(rule) ?? 0) && [...now].every(([other, count]) => count <= (sick.get(other) ?? 0));
  const explodes = rule === 'exploding-gradient';
  const norm = explodes ? largest : smallest;
  const factor = norm(then) / norm(before);
  const isBetter = rule === 'vanishing-gradient' ? factor > 1 : explodes ? factor < 1 : true;
  return { gone, factor, helps: gone && isBetter && parameterNorms(then).every(Number.isFinite) };
}

function counts(view: PassView, examination: Examination): Map<RuleId, number> {
  const found = new Map<RuleId, number>();
  for (const { rule } of findingsOf(view, examination)) found.set(rule, (found.get(rule) ?? 0) + 1);
  return found;
}

const parameterNorms = ({ graph }: PassView): number[] =>
  graph.nodes.flatMap((id) =>
    graph.node(id).kind === 'parameter' && graph.hasGradient(id) ? [graph.pass.gradients.get(id)!.statistics.norm] : [],
  );

const smallest = (view: PassView): number => Math.min(...parameterNorms(view));
/** As the weights see it: an optimiser may clip gradients first. */
const largest = (view: PassView): number => Math.min(Math.max(...parameterNorms(view)), clippedTo(view.graph));
