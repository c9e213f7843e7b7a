import type { NodeId } from '../../base/brand.ts';
import { type Expression, call, minus, over, plus, squared, symbol, times } from '../../expression/expression.ts';
import {
  type Closed,
  type ClosedForm,
  type Named,
  closed,
  collect,
  kept,
  notClosed,
  only,
  partsOf,
  summedTo,
  upstream,
} from './closed-form.ts';

// Letters that no variable of a program is likely to have: ẑ as in z-score, ŝ as in standard deviation.
const [normalised, deviation, arriving] = [symbol('ẑ'), symbol('ŝ'), symbol('ĝ')];

/**
 * Layer and batch normalisation: with ẑ = (x − mean(x)) / ŝ and ĝ = ȳ ⊙ weight,
 * (ĝ − mean(ĝ) − ẑ ⊙ mean(ĝ ⊙ ẑ)) / ŝ. Both means are there because the mean and the deviation of x depend on x too.
 */
export const standardisation: ClosedForm = (composite) => {
  const [[mean], root] = [partsOf(composite, 'mean'), only(composite, 'rsqrt')];
  const variance = root && composite.node(root.inputs[0]!);
  const scaled = partsOf(composite, 'mul');
  // ẑ is the first product, that with the weight the second.
  if (!mean || !root || variance?.op !== 'add' || scaled.length === 0 || scaled.length > 2) return notClosed;
  const x = mean.inputs[0]!;
  if (composite.members.some(({ id }) => id === x)) return notClosed;
  const input = composite.written(x);
  const centred = minus(input, kept('mean', input, mean));
  const spread = call('sqrt', plus(kept('mean', squared(centred), mean), composite.written(variance.inputs[1]!)));
  const parts: readonly Named[] = [
    { name: 'ẑ', meaning: over(centred, deviation) },
    { name: 'ŝ', meaning: spread },
  ];
  const [own, weighted] = scaled;
  const weight = weighted?.inputs.find((id) => id !== own!.id);
  const outer: Named[] =
    weight === undefined ? [] : [{ name: 'ĝ', meaning: times(upstream, composite.written(weight)) }];
  const g: Expression = weight === undefined ? upstream : arriving;
  const shared = minus(minus(g, kept('mean', g, mean)), times(normalised, kept('mean', times(g, normalised), mean)));
  const found: (readonly [NodeId, Closed])[] = [[x, closed(over(shared, deviation), [...outer, ...parts])]];
  const shift = composite.output.op === 'add' ? composite.output.inputs[1] : undefined;
  for (const [id, formula] of [
    [weight, times(upstream, normalised)],
    [shift, upstream],
  ] as const) {
    // A weight for each channel is brought into another shape first: that is shown part by part.
    if (id === undefined || composite.members.some((part) => part.id === id)) continue;
    const named = id === weight ? parts : [];
    found.push([id, closed(summedTo(composite, id, formula, composite.output.shape), named)]);
  }
  return collect(...found);
};
