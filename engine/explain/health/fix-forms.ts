import { t } from '../../base/l10n.ts';
import type { FixRequest } from '../../base/source-fix.ts';
import type { Span } from '../../base/span.ts';
import type { PassView } from '../pass-view.ts';
import type { FindingView } from './view.ts';

/** Repairs of one expression, where it stands. */
export interface FormOffer {
  readonly title: string;
  readonly request: FixRequest;
}

const nothing: readonly FormOffer[] = [];

/**
 * A logarithm, a root or a quotient at exactly zero: a little more than zero has both a value and a derivative. Where something
 * is below zero, adding a little mends nothing.
 */
export function awayFromZero({ culprit }: FindingView, at: Span, { graph }: PassView): readonly FormOffer[] {
  if (culprit === null) return nothing;
  const { op, inputs } = graph.node(culprit);
  const place = op === 'div' ? inputs[1] : ofOne.has(op) ? inputs[0] : undefined;
  if (place === undefined) return nothing;
  const { min, nan, negativeInfinity } = graph.node(place).value.statistics;
  if (min !== 0 || nan > 0 || negativeInfinity > 0) return nothing;
  const title = op === 'div' ? t('Add 1e-6 to the divisor') : t('Add 1e-6 to what {0} is taken of', op);
  return [{ title, request: { kind: 'epsilon', at } }];
}

const ofOne: ReadonlySet<string> = new Set(['log', 'log2', 'log10', 'sqrt', 'rsqrt', 'reciprocal']);

/** Only a detach() can be taken away: no gradient passes through a comparison or a rounding, whatever is done about it. */
export function attached({ culprit }: FindingView, at: Span, { graph }: PassView): readonly FormOffer[] {
  if (culprit === null || graph.node(culprit).op !== 'detach') return nothing;
  return [{ title: t('Remove detach()'), request: { kind: 'attach', at } }];
}

/** [n, 1] and [n]: without its dimension of one element the one has the shape of the other. */
export function sameShape({ culprit }: FindingView, at: Span, { graph }: PassView): readonly FormOffer[] {
  if (culprit === null) return nothing;
  const { op, inputs } = graph.node(culprit);
  const [left, right] = inputs.map((id) => graph.node(id).shape);
  if (!left || !right) return nothing;
  const without = (from: readonly number[], to: readonly number[]): number =>
    from.map((size, dim) => size === 1 && String(from.filter((_, i) => i !== dim)) === String(to)).lastIndexOf(true);
  const [ofLeft, ofRight] = [without(left, right), without(right, left)];
  if (ofLeft < 0 && ofRight < 0) return nothing;
  const [side, dim] = ofLeft >= 0 ? (['left', ofLeft] as const) : (['right', ofRight] as const);
  return [
    {
      title: t('Give both operands the same shape: squeeze({0})', dim),
      request: { kind: 'squeeze', at, op, side, dim },
    },
  ];
}
