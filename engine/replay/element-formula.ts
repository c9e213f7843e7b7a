import type { Block } from '../autograd/block.ts';
import { pullBlock } from '../autograd/pull-block.ts';
import { type Expression, call, number, symbol } from '../expression/expression.ts';
import { simplify } from '../expression/simplify.ts';
import { isElementwise } from '../ops/rules.ts';
import { allocate, isFloat } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Applied, AppliedOp } from './applied.ts';
import { bilinear, hasFilling, linear, nonzero, placeIn } from './element-places.ts';
import type { Evaluation } from './evaluation.ts';

/** What a symbol of an element's formula stands for. */
export interface ElementLeaf {
  /** Whose element it is: a node's value, its gradient, or something that a formula has a name for. */
  readonly of: Exclude<Applied, AppliedOp | { readonly kind: 'number' }>;
  readonly place: number;
  readonly value: number;
}

/** A formula of many thousand parts is nobody's to read. */
const mostParts = 20_000;
class TooLong extends Error {}

/**
 * One element of a formula of tensors, as a formula of elements: a matrix product becomes its sum of products, what moves
 * elements becomes the element that was moved. Its symbols are the keys of `leaves`.
 */
export class ElementFormula {
  readonly leaves = new Map<string, ElementLeaf>();
  readonly #known = new Map<Applied, Map<number, Expression>>();
  readonly #depends = new Map<Applied, boolean>();
  #parts = 0;

  /** @param variable is 1 in one place and 0 elsewhere: the formula is of the derivative of that place. Null: it is itself. */
  constructor(
    readonly evaluation: Evaluation,
    readonly variable: { readonly upstream: Applied; readonly place: number } | null,
  ) {}

  /** Null when it would be too long. */
  of(x: Applied, place: number): Expression | null {
    try {
      return simplify(this.#at(x, place));
    } catch (error) {
      if (error instanceof TooLong) return null;
      throw error;
    }
  }

  #at(x: Applied, place: number): Expression {
    let known = this.#known.get(x);
    if (!known) this.#known.set(x, (known = new Map<number, Expression>()));
    const before = known.get(place);
    if (before) return before;
    if (++this.#parts > mostParts) throw new TooLong();
    const made = this.#make(x, place);
    known.set(place, made);
    return made;
  }

  #make(x: Applied, place: number): Expression {
    switch (x.kind) {
      case 'number':
        return number(x.value);
      case 'gradient':
        if (x === this.variable?.upstream) return number(Number(place === this.variable.place));
        return this.#leaf(`∂${x.node}:${place}`, x, place);
      case 'value': {
        const { kind, name } = this.evaluation.recording.graph.node(x.node);
        if (kind === 'constant' && name === null) return number(this.evaluation.value(x).data[place]!);
        return this.#leaf(`${x.node}:${place}`, x, place);
      }
      case 'called':
        return this.#leaf(`${x.name}:${place}`, x, place);
      case 'op':
        return this.#application(x, place);
    }
  }

  #leaf(key: string, of: ElementLeaf['of'], place: number): Expression {
    if (!this.leaves.has(key)) this.leaves.set(key, { of, place, value: this.evaluation.value(of).data[place]! });
    return symbol(key);
  }

  #application(x: AppliedOp, place: number): Expression {
    if (isElementwise(x.op)) return this.#elementwise(x, place);
    if (x.op === 'detach') return this.#at(x.inputs[0]!, place);
    if (x.op === 'matmul') return this.#product(x, place);
    if (bilinear.has(x.op)) return this.#bilinear(x, place);
    if ((linear.has(x.op) && !hasFilling(x)) || this.#varies(x)) return this.#linear(x, place);
    return number(this.evaluation.value(x).data[place]!);
  }

  #elementwise({ op, inputs, shape, attributes }: AppliedOp, place: number): Expression {
    const places = inputs.map((input) => (sizeOf(input.shape) === 1 ? 0 : placeIn(input.shape, shape, place)));
    const [first] = inputs;
    // Where one factor is 0 the other may be anything: most of a derivative by one element is.
    if (op === 'mul') {
      const varying = inputs.findIndex((input) => this.#varies(input));
      const factor = varying < 0 ? null : this.#at(inputs[varying]!, places[varying]!);
      if (factor && isZero(factor)) return factor;
    }
    if (op === 'add' || op === 'sub') {
      const [a, b] = inputs.map((input, i) => this.#at(input, places[i]!)) as [Expression, Expression];
      if (isZero(b)) return a;
      if (isZero(a)) return op === 'add' ? b : call('neg', b);
      return call(op, a, b);
    }
    if (op === 'div' || op === 'neg') {
      const above = this.#at(first!, places[0]!);
      if (isZero(above)) return above;
    }
    const args = inputs.map((input, i) => this.#at(input, places[i]!));
    const made = call(op, ...args);
    return Object.keys(attributes).length > 0 && made.kind === 'call' ? { ...made, attributes } : made;
  }

  #product({ inputs, attributes, shape }: AppliedOp, place: number): Expression {
    const [a, b] = inputs as [Applied, Applied];
    const [height, width] = [shape.at(-2)!, shape.at(-1)!];
    const column = place % width;
    const row = Math.floor(place / width) % height;
    const batch = Math.floor(place / (width * height));
    const lead = shape.slice(0, -2);
    const start = (x: Applied): number =>
      placeIn(x.shape.slice(0, -2), lead, batch) * x.shape.at(-2)! * x.shape.at(-1)!;
    const [startA, startB] = [start(a), start(b)];
    const [ta, tb] = [attributes.transposeA === true, attributes.transposeB === true];
    const inner = ta ? a.shape.at(-2)! : a.shape.at(-1)!;
    const at = (i: number, j: number, turned: boolean, columns: number): number =>
      turned ? j * columns + i : i * columns + j;
    return this.#sum(inner, (k) => {
      const placeA = startA + at(row, k, ta, a.shape.at(-1)!);
      const placeB = startB + at(k, column, tb, b.shape.at(-1)!);
      return this.#times(a, placeA, b, placeB);
    });
  }

  /** What varies first: where it is 0, as it nearly always is, there is no need to look at the other. */
  #times(a: Applied, placeA: number, b: Applied, placeB: number): Expression | null {
    const [first, second] = this.#varies(b)
      ? [[b, placeB] as const, [a, placeA] as const]
      : [[a, placeA] as const, [b, placeB] as const];
    const one = this.#at(...first);
    if (isZero(one)) return null;
    const other = this.#at(...second);
    if (isZero(other)) return null;
    return this.#varies(b) ? call('mul', other, one) : call('mul', one, other);
  }

  /** Each element of the first meets one of the second, or none: which, is found by numbering those of the second. */
  #bilinear(x: AppliedOp, place: number): Expression {
    const [a, b] = x.inputs as [Applied, Applied];
    const numbered: Block = {
      data: Float64Array.from({ length: sizeOf(b.shape) }, (_, i) => i + 1),
      shape: b.shape,
      dtype: 'float64',
    };
    const partners = this.#coefficients(x, 0, place, [this.#zeros(a), numbered]);
    const places = nonzero(partners);
    return this.#sum(places.length, (k) => this.#times(a, places[k]!, b, partners[places[k]!]! - 1));
  }

  /** What moves, repeats or adds up elements, or is linear in what varies. */
  #linear(x: AppliedOp, place: number): Expression {
    const exact = linear.has(x.op);
    const terms = x.inputs.flatMap((input, i) => {
      if (!isFloat(input.dtype) || (!exact && !this.#varies(input))) return [];
      const values = x.inputs.map((one) => (this.#varies(one) ? this.#zeros(one) : this.evaluation.value(one)));
      const coefficients = this.#coefficients(x, i, place, values);
      return nonzero(coefficients).map((k) => ({ input, k, coefficient: coefficients[k]! }));
    });
    return this.#sum(terms.length, (t) => {
      const { input, k, coefficient } = terms[t]!;
      const element = this.#at(input, k);
      if (isZero(element)) return null;
      return coefficient === 1 ? element : call('mul', number(coefficient), element);
    });
  }

  /** The row of an op's Jacobian that belongs to one place of its result. */
  #coefficients(
    { op, attributes, shape, dtype }: AppliedOp,
    input: number,
    place: number,
    inputs: readonly Block[],
  ): Block['data'] {
    const upstream = allocate(dtype, sizeOf(shape));
    upstream[place] = 1;
    const output: Block = { data: allocate(dtype, sizeOf(shape)), shape, dtype };
    return (
      pullBlock({ op, attributes, inputs, output }, input, { data: upstream, shape, dtype })?.data ??
      new Float64Array(0)
    );
  }

  #sum(length: number, term: (k: number) => Expression | null): Expression {
    let sum: Expression | null = null;
    for (let k = 0; k < length; k++) {
      if (++this.#parts > mostParts) throw new TooLong();
      const more = term(k);
      if (more) sum = sum ? call('add', sum, more) : more;
    }
    return sum ?? number(0);
  }

  #zeros(x: Applied): Block {
    return this.evaluation.zeros(x);
  }

  /** Whether a part depends on the variable. */
  #varies(x: Applied): boolean {
    if (x === this.variable?.upstream) return true;
    if (x.kind !== 'op') return false;
    const known = this.#depends.get(x);
    if (known !== undefined) return known;
    const depends = x.inputs.some((input) => this.#varies(input));
    this.#depends.set(x, depends);
    return depends;
  }
}

const isZero = (x: Expression): boolean => x.kind === 'number' && x.value === 0;
