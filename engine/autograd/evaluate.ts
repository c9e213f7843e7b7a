import type { Expression } from '../expression/expression.ts';
import { type OpName, ops } from '../ops/index.ts';
import type { RuleContext, Shaped } from './algebra.ts';
import { pullbacks } from './pullbacks/index.ts';

/** Evaluates a rule with the context's algebra. */
export function evaluate<Value extends Shaped>(expression: Expression, context: RuleContext<Value>): Value {
  switch (expression.kind) {
    case 'number':
      return context.algebra.number(expression.value, context.symbols['ȳ']!.dtype);
    case 'symbol':
      return context.symbols[expression.name]!;
    case 'call':
      return evaluateCall(expression.fn, expression.args, context);
    default:
      throw new Error(`A rule cannot hold a ${expression.kind}.`);
  }
}

function evaluateCall<Value extends Shaped>(
  fn: string,
  args: readonly Expression[],
  context: RuleContext<Value>,
): Value {
  const { algebra } = context;
  const [first, second] = args;
  // Multiplying by the constant derivatives of add and sub would cost a kernel for nothing.
  if (fn === 'mul' && first && second?.kind === 'number') {
    if (second.value === 1) return evaluate(first, context);
    if (second.value === -1) return algebra.apply('neg', [evaluate(first, context)]);
  }
  if (fn === 'matmul') return product(first!, second!, context);
  const values = args.map((argument) => evaluate(argument, context));
  const pullback = pullbacks[fn];
  if (pullback) return pullback(values, context);
  if (!(fn in ops)) throw new Error(`A rule uses ${fn}, which is no op.`);
  return algebra.apply(fn as OpName, values);
}

/** Matrices are not turned to be multiplied: the product reads them the other way round. */
function product<Value extends Shaped>(a: Expression, b: Expression, context: RuleContext<Value>): Value {
  const [left, right] = [untransposed(a), untransposed(b)];
  const [transposeA, transposeB] = [left !== a, right !== b];
  const values = [evaluate(left, context), evaluate(right, context)];
  return context.algebra.apply('matmul', values, transposeA || transposeB ? { transposeA, transposeB } : {});
}

const untransposed = (x: Expression): Expression => (x.kind === 'call' && x.fn === 'mT' ? x.args[0]! : x);
