import type { NodeId } from '../base/brand.ts';
import { ElementMode } from '../explain/element/mode.ts';
import { sumText } from '../explain/element/sum.ts';
import { summandsOf } from '../explain/element/value-sum.ts';
import { formatShort } from '../explain/numbers.ts';
import type { Element } from '../replay/element.ts';
import type { Playback } from './playback.ts';
import type { Product, Sum } from './zoom.ts';

/** One element of what an op passes on to one of its inputs: the products ∂o/∂e · ∂L/∂o over the op's elements o. */
export function gradientSum({ view }: Playback, op: NodeId, element: Element): Sum {
  const mode = new ElementMode(view, element);
  const terms = mode.terms(element);
  const own = terms.listed.filter(({ to }) => to.node === op);
  const inOrder = terms.others === 0 ? [...own].sort((a, b) => a.to.place - b.to.place) : own;
  const products = inOrder.map((term): Product => {
    const local = mode.formulas.local(term);
    const outer = mode.partial(mode.loss, term.to);
    const isLoss = term.to.node === mode.loss.node;
    return {
      formula: local && (isLoss ? mode.formulas.text(local) : `${mode.formulas.text(local)} · ${outer}`),
      numbers: `${formatShort(term.local)} · ${formatShort(term.outer)}`,
      value: term.product,
    };
  });
  return {
    name: mode.partial(mode.loss, element),
    formula: own.length === terms.listed.length ? sumText(mode.formulas, terms) : null,
    products,
    rest: terms.rest,
  };
}

/** One element of what an op computes, in the order in which it is added up. What is no sum is a single product. */
export function valueSum({ view, replay }: Playback, element: Element): Sum {
  const mode = new ElementMode(view, element);
  const { formula, summands } = summandsOf(mode);
  const value = replay.value(element.node).data[element.place]!;
  const products = summands.length > 0 ? summands : [{ formula: null, numbers: '', value }];
  return { name: mode.nameOf(element), formula, products, rest: 0 };
}
