import type { NodeId } from '../base/brand.ts';
import { ElementMode } from '../explain/element/mode.ts';
import { sumText } from '../explain/element/sum.ts';
import { formatShort } from '../explain/numbers.ts';
import { evaluateNumber } from '../expression/evaluate.ts';
import type { Expression } from '../expression/expression.ts';
import { weight } from '../expression/substitute.ts';
import type { OpName } from '../ops/index.ts';
import { type AppliedOp, valueOf } from '../replay/applied.ts';
import { ElementFormula } from '../replay/element-formula.ts';
import type { Element } from '../replay/element.ts';
import { Evaluation } from '../replay/evaluation.ts';
import type { Playback } from './playback.ts';
import type { Product, Sum } from './zoom.ts';

/** Longer formulas are not read by anybody. */
const readable = 60;

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
  const { graph } = view;
  const mode = new ElementMode(view, element);
  const { formulas } = mode;
  const { op, inputs, attributes, shape, dtype } = graph.node(element.node);
  const applied: AppliedOp = {
    kind: 'op',
    op: op as OpName,
    inputs: inputs.map((input) => valueOf(graph, input)),
    attributes,
    shape,
    dtype,
  };
  const formula = new ElementFormula(new Evaluation(view.recording), null);
  const whole = formula.of(applied, element.place);
  const value = replay.value(element.node).data[element.place]!;
  const { leaves } = formula;
  const textOf = (expression: Expression): string | null =>
    weight(expression, readable) <= readable ? formulas.text({ expression, leaves }) : null;
  const parts = whole && whole.kind !== 'number' ? summands(whole) : [];
  const products = parts.map((expression): Product => {
    const text = textOf(expression);
    return {
      formula: text,
      numbers: text === null ? '' : formulas.numbers({ expression, leaves }),
      value: evaluateNumber(expression, (leaf) => (leaf.kind === 'symbol' ? leaves.get(leaf.name)!.value : NaN)),
    };
  });
  return {
    name: mode.nameOf(element),
    formula: whole && products.length > 1 ? textOf(whole) : null,
    products: products.length > 0 ? products : [{ formula: null, numbers: '', value }],
    rest: 0,
  };
}

/** What a sum adds up, from the left; thousands of them are too deep for a recursion. */
function summands(expression: Expression): Expression[] {
  const found: Expression[] = [];
  const open: Expression[] = [expression];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'call' && next.fn === 'add') open.push(next.args[1]!, next.args[0]!);
    else found.push(next);
  }
  return found;
}
