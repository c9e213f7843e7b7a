import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import type { Block } from '../../autograd/block.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { called } from './functions.ts';
import type { Asked, BinarySign } from './parse.ts';
import { ExpressionError } from './tokens.ts';
import { type Value, applied, isNode, isTensor, numeric, oneNumber, plain } from './value.ts';

/** What names mean at one moment of a run. */
export interface Meaning {
  /** The node that a name of the source means here. */
  node(name: string): NodeId | null;
  /** What stands for the moment itself: `op`, `grad` … Undefined for any other word. */
  word(name: string): Value | undefined;
  value(node: NodeId): Block | null;
  gradient(node: NodeId): Block | null;
  /** d of / d by over the whole run, of a node that is a single number. */
  derivative(of: NodeId, by: NodeId): Block | null;
  member(node: NodeId, name: string): Value | undefined;
  readonly loss: NodeId;
  /** All names, for what may have been meant. */
  names(): Iterable<string>;
}

/** @throws ExpressionError */
export function evaluate(asked: Asked, meaning: Meaning): Value {
  switch (asked.kind) {
    case 'literal':
      return asked.value;
    case 'name':
      return named(asked.name, asked.at, meaning);
    case 'member':
      return member(evaluate(asked.of, meaning), asked.name, asked.at, meaning);
    case 'index':
      return element(read(asked.of, meaning), oneNumber(read(asked.index, meaning), asked.index.at), asked.at);
    case 'call':
      return called(
        asked.name,
        asked.args.map((arg) => read(arg, meaning)),
        asked.at,
      );
    case 'not':
      return !truth(read(asked.of, meaning), asked.of.at);
    case 'negative': {
      const value = numeric(read(asked.of, meaning), asked.of.at);
      return value === null ? null : typeof value === 'number' ? -value : applied('neg', [value], asked.at);
    }
    case 'binary': {
      const derivative = partialDerivative(asked, meaning);
      return derivative === undefined ? binary(asked, meaning) : derivative;
    }
  }
}

/** A condition: null, which is what is not there, does not hold. @throws ExpressionError */
export const holds = (asked: Asked, meaning: Meaning): boolean => truth(read(asked, meaning), asked.at);

/** The same with a node's value for the node. */
export function read(asked: Asked, meaning: Meaning): Value {
  const value = evaluate(asked, meaning);
  return isNode(value) ? plain(meaning.value(value.node)) : value;
}

function named(name: string, at: number, meaning: Meaning): Value {
  if (name.startsWith('$')) {
    const word = meaning.word(name.slice(1));
    if (word !== undefined) return word;
  }
  const node = meaning.node(name);
  if (node !== null) return { node };
  const word = meaning.word(name);
  if (word !== undefined) return word;
  const guess = nearest(name, meaning.names());
  throw new ExpressionError(
    guess === null ? t("There is no '{0}' here.", name) : t("There is no '{0}' here. Did you mean '{1}'?", name, guess),
    at,
  );
}

function member(of: Value, name: string, at: number, meaning: Meaning): Value {
  if (isNode(of)) {
    const found = meaning.member(of.node, name);
    if (found !== undefined) return found;
  } else if (name === 'shape' && (isTensor(of) || typeof of === 'number')) return called('shape', [of], at);
  else if (of === null) return null;
  throw new ExpressionError(t("'.{0}' is unknown: there are .value, .grad, .shape, .dtype and .op.", name), at);
}

function element(of: Value, index: number | null, at: number): Value {
  if (of === null || index === null) return null;
  if (!isTensor(of)) throw new ExpressionError(t('Only tensors have elements.'), at);
  const [count, ...rest] = of.shape;
  const place = index < 0 ? index + (count ?? 0) : index;
  if (count === undefined || !Number.isInteger(index) || place < 0 || place >= count)
    throw new ExpressionError(t('There is no element {0} in [{1}].', index, of.shape.join(', ')), at);
  const size = sizeOf(rest);
  return plain({ data: of.data.subarray(place * size, (place + 1) * size), shape: rest, dtype: of.dtype });
}

/** `dL/dh`, `∂E/∂w₁`: a quotient of two names that are none themselves. */
function partialDerivative(
  { sign, left, right, at }: Extract<Asked, { kind: 'binary' }>,
  meaning: Meaning,
): Value | undefined {
  if (sign !== '/' || left.kind !== 'name' || !isDifferential(left.name)) return undefined;
  // The gradient can be looked into: `dL/dW[0]` is (dL/dW)[0].
  if (right.kind === 'index') {
    const of = partialDerivative({ kind: 'binary', sign, left, right: right.of, at }, meaning);
    return of === undefined ? undefined : element(of, oneNumber(read(right.index, meaning), right.index.at), right.at);
  }
  if (right.kind !== 'name' || !isDifferential(right.name)) return undefined;
  if (meaning.node(left.name) !== null || meaning.node(right.name) !== null) return undefined;
  const of = left.name.slice(1) === 'L' ? (meaning.node('L') ?? meaning.loss) : meaning.node(left.name.slice(1));
  const by = meaning.node(right.name.slice(1));
  if (of === null || by === null) return undefined;
  return plain(of === meaning.loss ? meaning.gradient(by) : meaning.derivative(of, by));
}

const isDifferential = (name: string): boolean => name.length > 1 && (name.startsWith('d') || name.startsWith('∂'));

const arithmetic = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '**': 'pow' } as const;

function binary({ sign, left, right, at }: Extract<Asked, { kind: 'binary' }>, meaning: Meaning): Value {
  if (sign === '&&') return truth(read(left, meaning), left.at) && truth(read(right, meaning), right.at);
  if (sign === '||') return truth(read(left, meaning), left.at) || truth(read(right, meaning), right.at);
  const [a, b] = [read(left, meaning), read(right, meaning)];
  if (sign === '==' || sign === '!=') return equal(a, b, at) === (sign === '==');
  if (sign === '<' || sign === '<=' || sign === '>' || sign === '>=') return compared(sign, a, b, at);
  const [x, y] = [numeric(a, left.at), numeric(b, right.at)];
  if (x === null || y === null) return null;
  if (sign === '%') return remainder(oneNumber(x, left.at), oneNumber(y, right.at));
  return applied(arithmetic[sign], [x, y], at);
}

const remainder = (a: number | null, b: number | null): Value => (a === null || b === null ? null : a % b);

function equal(a: Value, b: Value, at: number): boolean {
  if (a === null || b === null) return a === b;
  if (isTensor(a) && isTensor(b))
    return a.shape.join() === b.shape.join() && a.data.every((x: number, i: number) => x === b.data[i]);
  if (isTensor(a) || isTensor(b)) return oneNumber(a, at) === oneNumber(b, at);
  return a === b;
}

function compared(sign: BinarySign, a: Value, b: Value, at: number): boolean {
  const [x, y] = [oneNumber(a, at), oneNumber(b, at)];
  if (x === null || y === null) return false;
  if (sign === '<') return x < y;
  if (sign === '<=') return x <= y;
  return sign === '>' ? x > y : x >= y;
}

function truth(value: Value, at: number): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  const number = oneNumber(value, at);
  return number !== null && number !== 0 && !Number.isNaN(number);
}
