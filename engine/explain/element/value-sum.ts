import { evaluateNumber } from '../../expression/evaluate.ts';
import type { Expression } from '../../expression/expression.ts';
import { weight } from '../../expression/substitute.ts';
import { type AppliedOp, valueOf } from '../../replay/applied.ts';
import { ElementFormula } from '../../replay/element-formula.ts';
import { Evaluation } from '../../replay/evaluation.ts';
import type { ElementMode } from './mode.ts';

/** Longer formulas are not read by anybody. */
const readable = 60;

/** One of the numbers that an element of a value is added up of. */
export interface Summand {
  /** `x[2,1]·W[1,0]`; null where it is too long to be read. */
  readonly formula: string | null;
  /** The same with this run's numbers; empty without a formula. */
  readonly numbers: string;
  readonly value: number;
}

/**
 * The element of a mode as the sum that its op makes of elements of the inputs, in the order in which it is added up. Empty for
 * what no formula is told of: a maximum, a sum of many thousands.
 */
export function summandsOf({ view, element, formulas }: ElementMode): { formula: string | null; summands: Summand[] } {
  const { graph } = view;
  const { op, inputs, attributes, shape, dtype } = graph.node(element.node);
  const applied: AppliedOp = {
    kind: 'op',
    op: op as AppliedOp['op'],
    inputs: inputs.map((input) => valueOf(graph, input)),
    attributes,
    shape,
    dtype,
  };
  const elements = new ElementFormula(new Evaluation(view.recording), null);
  const whole = elements.of(applied, element.place);
  const { leaves } = elements;
  const textOf = (expression: Expression): string | null =>
    weight(expression, readable) <= readable ? formulas.text({ expression, leaves }) : null;
  const parts = whole && whole.kind !== 'number' ? partsOf(whole) : [];
  const summands = parts.map((expression): Summand => {
    const formula = textOf(expression);
    return {
      formula,
      numbers: formula === null ? '' : formulas.numbers({ expression, leaves }),
      value: evaluateNumber(expression, (leaf) => (leaf.kind === 'symbol' ? leaves.get(leaf.name)!.value : NaN)),
    };
  });
  return { formula: whole && summands.length > 1 ? textOf(whole) : null, summands };
}

/** What a sum adds up, from the left; thousands of them are too deep for a recursion. */
function partsOf(expression: Expression): Expression[] {
  const found: Expression[] = [];
  const open: Expression[] = [expression];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'call' && next.fn === 'add') open.push(next.args[1]!, next.args[0]!);
    else found.push(next);
  }
  return found;
}
