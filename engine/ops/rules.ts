import { type Expression, call, symbol, times } from '../expression/expression.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Rule, notDifferentiable } from './define.ts';
import { ops } from './index.ts';

/** What explanations may know of an op: its formulas, not its arithmetic. */

function ruleOf(op: string, inputIndex: number): Exclude<Rule, string> | null {
  const definition = ops[op];
  const rule = definition?.rules[definition.variadic ? 0 : inputIndex];
  return rule === undefined || rule === notDifferentiable ? null : rule;
}

const made = (
  formula: Expression | ((attributes: Attributes, inputIndex: number) => Expression),
  attributes: Attributes,
  inputIndex: number,
) => (typeof formula === 'function' ? formula(attributes, inputIndex) : formula);

/** The local derivative of an elementwise op with respect to one argument, in argument names and `y`; null where there is none. */
export function derivativeOf(op: string, inputIndex: number, attributes: Attributes): Expression | null {
  const rule = ruleOf(op, inputIndex);
  return rule && 'derivative' in rule ? made(rule.derivative, attributes, inputIndex) : null;
}

/** The vector–Jacobian product with respect to one argument, in `ȳ`, argument names and `y`; null where there is none. */
export function pullbackOf(op: string, inputIndex: number, attributes: Attributes): Expression | null {
  const rule = ruleOf(op, inputIndex);
  if (!rule) return null;
  if ('pullback' in rule) return made(rule.pullback, attributes, inputIndex);
  return call(
    'sumLike',
    times(symbol('ȳ'), made(rule.derivative, attributes, inputIndex)),
    symbol(ops[op]!.inputs[inputIndex]!),
  );
}

/** An application of an op as a formula. A product that reads a matrix the other way round says so. */
export function formulaOf(op: string, attributes: Attributes, args: readonly Expression[]): Expression {
  if (op !== 'matmul') return call(op, ...args);
  const [a, b] = args;
  return call(
    'matmul',
    attributes.transposeA === true ? call('mT', a!) : a!,
    attributes.transposeB === true ? call('mT', b!) : b!,
  );
}

export const isElementwise = (op: string): boolean => ops[op]?.elementwise ?? false;
export const argumentsOf = (op: string): readonly string[] => ops[op]?.inputs ?? [];
export const conventionOf = (op: string): string | null => ops[op]?.convention ?? null;
export const isDifferentiable = (op: string, inputIndex: number): boolean => ruleOf(op, inputIndex) !== null;
