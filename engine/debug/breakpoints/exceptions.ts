import type { DebugProtocol } from '@vscode/debugprotocol';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { nearestToLoss } from '../../analysis/health/reference.ts';
import { deadRelu } from '../../analysis/health/rules/dead-relu.ts';
import { nullGradient } from '../../analysis/health/rules/null-gradient.ts';
import type { Thresholds } from '../../analysis/thresholds.ts';
import { formatShort } from '../../explain/numbers.ts';
import type { Statistics } from '../../trace/format.ts';
import { ifKept } from '../kept.ts';
import type { Playback } from '../playback.ts';

export const exceptionFilters = ['vanishing', 'exploding', 'not-finite', 'dead-unit', 'null-gradient'] as const;
export type ExceptionFilter = (typeof exceptionFilters)[number];

/** What a filter is called in a list to choose from. */
export function filterLabel(filter: ExceptionFilter): string {
  const labels: Readonly<Record<ExceptionFilter, string>> = {
    vanishing: t('Vanishing gradient'),
    exploding: t('Exploding gradient'),
    'not-finite': t('NaN or ∞'),
    'dead-unit': t('Dead unit'),
    'null-gradient': t('Gradient that does not exist'),
  };
  return labels[filter];
}

/** As a client offers them. */
export const filterOptions = (): DebugProtocol.ExceptionBreakpointsFilter[] => {
  const descriptions: Readonly<Record<ExceptionFilter, string>> = {
    vanishing: t('Stops at the rule that makes a gradient vanishingly small.'),
    exploding: t('Stops at the rule that makes a gradient very large.'),
    'not-finite': t('Stops at the first op or rule that makes NaN or ∞ of finite numbers.'),
    'dead-unit': t('Stops at a ReLU whose units are inactive for every sample.'),
    'null-gradient': t('Stops at the op that cuts a parameter off from the loss.'),
  };
  return exceptionFilters.map((filter) => ({
    filter,
    label: filterLabel(filter),
    description: descriptions[filter],
    default: filter === 'not-finite',
    supportsCondition: true,
  }));
};

/** A rule that makes something sick, and in words what. */
export interface Exception {
  readonly filter: ExceptionFilter;
  readonly position: number;
  readonly text: string;
}

/** Finds what the exception filters stop at, moment by moment. */
export class ExceptionFinder {
  readonly #reference: number;
  readonly #ends: ReadonlyMap<NodeId, Exception['filter']>;

  constructor(
    readonly playback: Playback,
    readonly thresholds: Thresholds,
  ) {
    const { graph } = playback;
    const reference = nearestToLoss(graph);
    this.#reference = reference === null ? NaN : graph.pass.gradients.get(reference)!.statistics.norm;
    const values = (id: NodeId): ArrayLike<number> | null => ifKept(() => playback.replay.value(id).data);
    const patient = { graph, thresholds, values, losses: [] };
    this.#ends = new Map([
      ...deadRelu.check(patient).map(({ node }) => [node, 'dead-unit'] as const),
      ...nullGradient
        .check(patient)
        .flatMap(({ culprit }) => (culprit === null ? [] : [[culprit, 'null-gradient'] as const])),
    ]);
  }

  /** What the moment at a position makes sick. */
  at(position: number): Exception[] {
    const moment = this.playback.replay.timeline.at(position);
    if (!moment) return [];
    const found = moment.phase === 'forward' ? this.#forward(moment.node) : this.#backward(position);
    return found.map(([filter, text]) => ({ filter, position, text }));
  }

  #forward(node: NodeId): [ExceptionFilter, string][] {
    const { graph, names } = this.playback;
    const { op, inputs } = graph.node(node);
    const found: [ExceptionFilter, string][] = [];
    const strange = this.#strangeValue(node);
    if (strange !== null && inputs.every((input) => this.#strangeValue(input) === null))
      found.push(['not-finite', t('{0} makes {1} of finite numbers, in {2}.', op, strange, names.shown(node))]);
    if (this.#ends.get(node) === 'null-gradient') found.push(['null-gradient', this.#cutText(node)]);
    return found;
  }

  #backward(position: number): [ExceptionFilter, string][] {
    const { graph, names } = this.playback;
    const { timeline } = this.playback.replay;
    const { node, step } = timeline.at(position)!;
    const { op, inputs } = graph.node(node);
    const to = timeline.targetAt(position);
    const found: [ExceptionFilter, string][] = [];
    const isFirst = timeline.group(position).start === position;
    // Where only the backward pass is stepped, the cut is where the op beyond it would have been asked.
    const cut =
      isFirst && timeline.part === 'backward'
        ? inputs.find((input) => this.#ends.get(input) === 'null-gradient')
        : undefined;
    if (cut !== undefined) found.push(['null-gradient', this.#cutText(cut)]);
    if (this.#ends.get(node) === 'dead-unit')
      found.push([
        'dead-unit',
        t('Units of {0} are inactive for every sample: no gradient passes through them.', names.shown(node)),
      ]);
    const { before, after } = this.#sizes(node, step);
    const strange = strangeIn(after);
    if (strange !== null) {
      const operands = [...inputs, node];
      if (strangeIn(before) === null && operands.every((operand) => this.#strangeValue(operand) === null))
        found.push([
          'not-finite',
          t('The rule of {0} makes {1} of finite numbers, for {2}.', op, strange, names.shown(to)),
        ]);
      return found;
    }
    if (strangeIn(before) !== null) return found;
    if (this.#hasVanished(after) && !this.#hasVanished(before)) {
      const told = this.#told(node, before, to, after);
      found.push(['vanishing', t('In {0} the norm of the gradient falls from {1} at {2} to {3} at {4}.', ...told)]);
    }
    if (this.#hasExploded(after) && !this.#hasExploded(before)) {
      const told = this.#told(node, before, to, after);
      found.push(['exploding', t('In {0} the norm of the gradient grows from {1} at {2} to {3} at {4}.', ...told)]);
    }
    return found;
  }

  #told(node: NodeId, before: Statistics, to: NodeId, after: Statistics): readonly string[] {
    const { graph, names } = this.playback;
    return [graph.node(node).op, formatShort(before.norm), names.shown(node), formatShort(after.norm), names.shown(to)];
  }

  /** Of the gradient that arrives and of what is passed on. */
  #sizes(node: NodeId, step: number): { readonly before: Statistics; readonly after: Statistics } {
    const { gradients, contributions } = this.playback.graph.pass;
    return { before: gradients.get(node)!.statistics, after: contributions[step]!.value.statistics };
  }

  #strangeValue(node: NodeId): string | null {
    return strangeIn(this.playback.graph.node(node).value.statistics);
  }

  #cutText(node: NodeId): string {
    const { graph, names } = this.playback;
    return t(
      '{0} passes no gradient on: what leads to {1} gets none from here.',
      graph.node(node).op,
      names.shown(node),
    );
  }

  /** The measures of the rule `vanishing-gradient`. Exactly zero is something else. */
  #hasVanished({ norm, magnitude }: Statistics): boolean {
    const { vanishingMean, vanishingNorm, vanishingRatio } = this.thresholds;
    const isSmall = magnitude < vanishingMean || norm < vanishingNorm;
    return norm > 0 && isSmall && !(norm / this.#reference >= vanishingRatio);
  }

  #hasExploded({ norm }: Statistics): boolean {
    const { explodingNorm, explodingRatio } = this.thresholds;
    return norm > explodingNorm || (norm > 1 && norm / this.#reference > explodingRatio);
  }
}

/** What of a tensor is not finite, in a word. */
function strangeIn({ nan, positiveInfinity, negativeInfinity }: Statistics): string | null {
  if (nan > 0) return 'NaN';
  return positiveInfinity + negativeInfinity > 0 ? '∞' : null;
}
