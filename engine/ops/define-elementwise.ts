import type { Expression } from '../expression/expression.ts';
import { elementwise, plainElementwise } from '../tensor/kernels/elementwise.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Shape, broadcastShapes } from '../tensor/shape.ts';
import {
  type ByAttributes,
  type NotDifferentiable,
  type OpDefinition,
  type Rule,
  type Sample,
  type Words,
  notDifferentiable,
} from './define.ts';

type Numbers = (...numbers: number[]) => number;

interface Elementwise<Argument extends string> extends Words {
  readonly inputs: readonly Argument[];
  readonly choosers?: readonly Argument[];
  /** The function of numbers; for an op with attributes, what makes it. */
  readonly forward: Numbers | { readonly with: (attributes: Attributes) => Numbers };
  /** Local derivatives in the argument names and `y`, total over the arguments. Printed and evaluated from here alone. */
  readonly derivatives: Readonly<Record<Argument, ByAttributes<Expression> | NotDifferentiable>>;
}

/** An op that treats each element alone; its arguments broadcast. */
export function defineElementwise<const Argument extends string>(definition: Elementwise<Argument>): OpDefinition {
  const { name, doc, inputs, forward, derivatives, choosers = [], result = 'float', convention = null } = definition;
  const rules = inputs.map((argument): Rule => {
    const derivative = derivatives[argument];
    return derivative === notDifferentiable ? notDifferentiable : { derivative };
  });
  return {
    name,
    doc,
    inputs,
    variadic: false,
    choosers,
    elementwise: true,
    result,
    shape: (shapes) => shapes.reduce((a: Shape, b) => broadcastShapes(name, a, b)),
    forward: (operands, attributes, shape, dtype) =>
      typeof forward === 'function'
        ? elementwise({ name, of: forward }, operands, shape, dtype)
        : plainElementwise(forward.with(attributes), operands, shape, dtype),
    ofNumbers: typeof forward === 'function' ? forward : null,
    rules,
    convention,
    samples: definition.samples ?? samplesFor(inputs.length),
  };
}

/** A function of one number. */
export const defineUnary = (
  definition: Words &
    Pick<Elementwise<'x'>, 'forward'> & { readonly derivative: ByAttributes<Expression> | NotDifferentiable },
): OpDefinition => {
  const { derivative, ...rest } = definition;
  return defineElementwise({ ...rest, inputs: ['x'], derivatives: { x: derivative } });
};

/** Scalars, equal shapes, and every way to broadcast two: against a scalar, a row, a column, both ways at once. */
function samplesFor(count: number): readonly Sample[] {
  if (count === 1) return [{ shapes: [[]] }, { shapes: [[2, 3]] }];
  const pairs: readonly (readonly [Shape, Shape])[] = [
    [[], []],
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], []],
    [[], [2, 3]],
    [[2, 3], [3]],
    [
      [2, 1],
      [1, 3],
    ],
    [
      [2, 3],
      [4, 1, 3],
    ],
  ];
  return pairs.map(([a, b]) => ({ shapes: [a, ...Array.from({ length: count - 1 }, () => b)] }));
}
