import { type Expression, number, symbol } from '../expression/expression.ts';
import { simplify } from '../expression/simplify.ts';
import { substitute } from '../expression/substitute.ts';
import { formulaOf, isElementwise } from '../ops/rules.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Shape, broadcastShapes, sameShape } from '../tensor/shape.ts';
import { type Term, isSingle } from './gradient-function-terms.ts';

/**
 * What a term is made of, simplified, in the names that are given to others. Simplifying knows numbers and no shapes: it is
 * done to elementwise stretches alone, what else there is in them stays as it is, and the shape is seen to at the end.
 */
export function expressionOf(term: Term, names: ReadonlyMap<Term, Expression>): Expression {
  return new Stretch(names).whole(term);
}

class Stretch {
  /** What stands for itself in the stretch, under a name that no two of them share. */
  readonly #opaque = new Map<string, Expression>();
  readonly #shapes = new Map<string, Shape>();

  constructor(readonly names: ReadonlyMap<Term, Expression>) {}

  whole(term: Term): Expression {
    const simplified = simplify(this.#inside(term, true));
    const shape = this.#shapeOf(simplified);
    const expression = substitute(simplified, Object.fromEntries(this.#opaque));
    if (sameShape(shape, term.shape)) return expression;
    return {
      kind: 'call',
      fn: isSingle(term) ? 'reshape' : 'expand',
      args: [expression],
      attributes: { shape: term.shape },
    };
  }

  #inside(term: Term, isRoot = false): Expression {
    const name = this.names.get(term);
    if (name && !isRoot) return this.#leaf(name, term);
    if (term.kind === 'number') return number(term.value);
    if (term.kind === 'leaf') return this.#leaf(name!, term);
    const { op, attributes, inputs } = term;
    // Broadcasting does of itself what these do inside a stretch.
    if (!isRoot && (op === 'expand' || (op === 'reshape' && isSingle(term)))) return this.#inside(inputs[0]!);
    const args = inputs.map((input) =>
      isElementwise(op) ? this.#inside(input) : (this.names.get(input) ?? expressionOf(input, this.names)),
    );
    const made = formulaOf(op, attributes, args);
    // A product of matrices says with transposes what it was told.
    const plain = made.kind !== 'call' || op === 'matmul' || Object.keys(attributes).length === 0;
    const told: Expression = plain ? made : { ...made, attributes: plainly(term) };
    return isElementwise(op) ? told : this.#leaf(told, term);
  }

  /** Stands for what must not be looked into. */
  #leaf(expression: Expression, { shape }: Term): Expression {
    const key = JSON.stringify(expression);
    this.#opaque.set(key, expression);
    this.#shapes.set(key, shape);
    return symbol(key);
  }

  #shapeOf(x: Expression): Shape {
    if (x.kind === 'symbol') return this.#shapes.get(x.name)!;
    if (x.kind !== 'call') return [];
    return x.args.map((argument) => this.#shapeOf(argument)).reduce((a, b) => broadcastShapes(x.fn, a, b), []);
  }
}

/** A reduction that is told every dimension reduces all, which is said by naming none. */
function plainly({ attributes, inputs: [input] }: Term): Attributes {
  const { dim } = attributes;
  if (!('keepdim' in attributes) || !Array.isArray(dim) || dim.length !== input!.shape.length) return attributes;
  return { ...attributes, dim: null };
}
