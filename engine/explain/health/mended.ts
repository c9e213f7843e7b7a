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
  /** Gone, the gradients are finite, and they are better by what the rule asks for (`enough`). */
  readonly helps: boolean;
}

/** How much better gradients have to become before a fix counts as one: docs/rules states these numbers. */
export const enough = {
  /** The smallest parameter gradient that vanished becomes at least this many times as large; the largest that exploded, as small. */
  fading: 10,
  /** In a saturated layer. */
  saturated: 1.1,
  /** What is left of the elements of parameters' gradients that were exactly zero because of dead units. */
  silent: 0.5,
} as const;

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
  const isBetter = isEnough(rule, factor, silentShare(then) / silentShare(before));
  return { gone, factor, helps: gone && isBetter && parameterNorms(then).every(Number.isFinite) };
}

function isEnough(rule: RuleId, factor: number, silent: number): boolean {
  switch (rule) {
    case 'vanishing-gradient':
      return factor >= enough.fading;
    case 'exploding-gradient':
      return factor <= 1 / enough.fading;
    case 'saturated-activation':
      return factor >= enough.saturated;
    case 'dead-relu':
      return silent <= enough.silent;
    default:
      return true;
  }
}

/** Share of the elements of all parameters' gradients that are exactly zero. */
function silentShare({ graph }: PassView): number {
  const gradients = graph.nodes.flatMap((id) =>
    graph.node(id).kind === 'parameter' && graph.hasGradient(id) ? [graph.pass.gradients.get(id)!.statistics] : [],
  );
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return sum(gradients.map(({ zero }) => zero)) / sum(gradients.map(({ size }) => size));
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
