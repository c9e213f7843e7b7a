import { type Compiled, compile } from '../expression/compile.ts';
import { type Expression, call, symbol } from '../expression/expression.ts';
import { specialise } from './specialise.ts';
import { vectorise } from './vectorise.ts';
import { type Rule, notDifferentiable } from '../ops/define.ts';
import { ops } from '../ops/index.ts';
import { allocate } from '../tensor/dtype.ts';
import { broadcastIndices } from '../tensor/kernels/broadcast.ts';
import { simd } from '../tensor/kernels/simd.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type VectorProgram, runVector, worthVectors } from '../tensor/kernels/vector.ts';
import { sizeOf } from '../tensor/shape.ts';
import { type Block, Holding, blockAlgebra, firstOf, rounded } from './block.ts';
import { type Application, pull } from './pull.ts';
import { sumLike } from './pullbacks/reduction.ts';

/** A local derivative made ready to be computed: `ȳ ⊙ derivative` over the op's arguments, `y` and `ȳ`. */
interface Ready {
  /** Null where the derivative is the number 1. */
  readonly scaled: Compiled | null;
  readonly vector: VectorProgram | null;
}

type Derivative = Exclude<Extract<Rule, { readonly derivative: unknown }>, string>;

const ready = new Map<Derivative, Ready>();
/** By the numbers that the formula was specialised for. */
const special = new WeakMap<Derivative, Map<string, Ready>>();
const maxSpecial = 64;

/**
 * The vector–Jacobian product over bare numbers. The rule of an elementwise op is one pass over the elements, from the same
 * expression that is printed; all other rules are made of ops.
 */
export function pullBlock(application: Application<Block>, inputIndex: number, upstream: Block): Block | null {
  const { op, attributes, inputs, output } = application;
  const definition = ops[op]!;
  const rule = definition.rules[definition.variadic ? 0 : inputIndex]!;
  if (rule === notDifferentiable) return null;
  if ('pullback' in rule) return pull(application, inputIndex, upstream, blockAlgebra);
  let prepared = ready.get(rule);
  if (!prepared) {
    prepared = prepare(formulaOf(rule, attributes, inputIndex), namesOf(definition.inputs));
    // A derivative that depends on attributes is another one at every node.
    if (typeof rule.derivative !== 'function') ready.set(rule, prepared);
  }
  if (isOne(upstream) && inputs.every(isOne)) return pullNumber(prepared.scaled, application, inputIndex, upstream);
  if (prepared.scaled && !prepared.vector) prepared = specialised(rule, prepared, application, inputIndex);
  const scaled = prepared.scaled ? scale(prepared, prepared.scaled, [...inputs, output, upstream]) : upstream;
  return sameSize(scaled, inputs[inputIndex]!) ? scaled : summed(scaled, application, inputIndex);
}

const namesOf = (inputs: readonly string[]): readonly string[] => [...inputs, 'y', 'ȳ'];

const formulaOf = ({ derivative }: Derivative, attributes: Attributes, inputIndex: number): Expression =>
  typeof derivative === 'function' ? derivative(attributes, inputIndex) : derivative;

/** What no kernel computes, some compute once a number in it is known: a power with this exponent. */
function specialised(rule: Derivative, prepared: Ready, application: Application<Block>, inputIndex: number): Ready {
  const { op, attributes, inputs } = application;
  const { inputs: names } = ops[op]!;
  const known = new Map(names.flatMap((name, i) => (isOne(inputs[i]!) ? [[name, firstOf(inputs[i]!)]] : [])));
  if (known.size === 0 || typeof rule.derivative === 'function') return prepared;
  const made = special.get(rule) ?? new Map<string, Ready>();
  special.set(rule, made);
  const key = [...known].join();
  let found = made.get(key);
  if (!found) {
    found = prepare(specialise(formulaOf(rule, attributes, inputIndex), known), namesOf(names));
    if (made.size >= maxSpecial) made.clear();
    made.set(key, found);
  }
  return found;
}

function prepare(derivative: Expression, names: readonly string[]): Ready {
  if (derivative.kind === 'number' && derivative.value === 1) return { scaled: null, vector: null };
  const product = call('mul', symbol('ȳ'), derivative);
  const scaled = compile(product, names);
  if (!scaled) throw new Error(`A local derivative cannot be computed: ${JSON.stringify(derivative)}.`);
  return { scaled, vector: vectorise(product, names) };
}

const isOne = ({ shape }: Block): boolean => sizeOf(shape) === 1;

/** The same for single numbers, without arrays. */
function pullNumber(
  scaled: Compiled | null,
  { inputs, output }: Application<Block>,
  inputIndex: number,
  upstream: Block,
): Block {
  const { shape } = inputs[inputIndex]!;
  const { dtype } = upstream;
  const number = firstOf(upstream);
  if (scaled === null)
    return upstream.shape.length === shape.length ? upstream : new Holding(shape, dtype, null, number);
  let place = 0;
  for (const input of inputs) scratch[place++] = firstOf(input);
  scratch[place++] = firstOf(output);
  scratch[place] = number;
  return new Holding(shape, dtype, null, rounded(dtype, scaled(scratch)));
}

function scale({ vector }: Ready, scaled: Compiled, operands: readonly Block[]): Block {
  const { shape, dtype } = operands.at(-1)!;
  const size = sizeOf(shape);
  if (simd && vector && size >= worthVectors && operands.every(({ dtype: own }) => own === 'float32' || own === 'bool'))
    return { data: runVector(vector, operands, shape, simd), shape, dtype };
  const data = allocate(dtype, size);
  const values = new Float64Array(operands.length);
  const places = operands.map((operand) =>
    operand.data.length === size || operand.data.length === 1 ? null : broadcastIndices(operand.shape, shape),
  );
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < operands.length; k++) {
      const { data: own } = operands[k]!;
      values[k] = own[own.length === 1 ? 0 : (places[k]?.[i] ?? i)]!;
    }
    data[i] = scaled(values);
  }
  return { data, shape, dtype };
}

/** Operands of a scalar rule: no op has more. */
const scratch = new Float64Array(8);

const sameSize = (a: Block, b: Block): boolean =>
  a.shape.length === b.shape.length && sizeOf(a.shape) === sizeOf(b.shape);

function summed(scaled: Block, { attributes, inputs }: Application<Block>, inputIndex: number): Block {
  const context = { algebra: blockAlgebra, symbols: {}, attributes, inputs, inputIndex };
  return sumLike([scaled, inputs[inputIndex]!], context);
}
