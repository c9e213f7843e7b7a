import { type Compiled, compile } from '../expression/compile.ts';
import { type Expression, call, symbol } from '../expression/expression.ts';
import { vectorise } from './vectorise.ts';
import { type Rule, notDifferentiable } from '../ops/define.ts';
import { ops } from '../ops/index.ts';
import { allocate } from '../tensor/dtype.ts';
import { broadcastIndices } from '../tensor/kernels/broadcast.ts';
import { simd } from '../tensor/kernels/simd.ts';
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

const ready = new WeakMap<Exclude<Rule, string>, Ready>();

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
    const derivative =
      typeof rule.derivative === 'function' ? rule.derivative(attributes, inputIndex) : rule.derivative;
    prepared = prepare(derivative, [...definition.inputs, 'y', 'ȳ']);
    // A derivative that depends on attributes is another one at every node.
    if (typeof rule.derivative !== 'function') ready.set(rule, prepared);
  }
  if (isOne(upstream) && inputs.every(isOne)) return pullNumber(prepared.scaled, application, inputIndex, upstream);
  const scaled = prepared.scaled ? scale(prepared, prepared.scaled, [...inputs, output, upstream]) : upstream;
  return sameSize(scaled, inputs[inputIndex]!) ? scaled : summed(scaled, application, inputIndex);
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

const sameSize = (a: Block, b: Block): boolean => a.shape.length === b.shape.length && a.data.length === b.data.length;

function summed(scaled: Block, { attributes, inputs }: Application<Block>, inputIndex: number): Block {
  const context = { algebra: blockAlgebra, symbols: {}, attributes, inputs, inputIndex };
  return sumLike([scaled, inputs[inputIndex]!], context);
}
