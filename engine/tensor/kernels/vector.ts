import { type Shape, sizeOf } from '../shape.ts';
import { type Operand, broadcastIndices } from './broadcast.ts';
import { type Simd, type VectorKernel, vectorKernels } from './simd.ts';

/** One kernel of a program. Blocks are numbered: operands first, then constants, then what is computed on the way. */
export interface VectorStep {
  readonly kernel: VectorKernel;
  readonly out: number;
  readonly from: readonly number[];
}

/** A formula over float32 operands that broadcast, taken in stretches that stay in the nearest cache. */
export interface VectorProgram {
  readonly constants: readonly number[];
  readonly steps: readonly VectorStep[];
  /** How many blocks it needs. */
  readonly blocks: number;
  readonly result: number;
}

const stretch = 2048;
const blockBytes = stretch * Float32Array.BYTES_PER_ELEMENT;
const arity: ReadonlyMap<string, number> = new Map(
  [vectorKernels.unary, vectorKernels.binary, vectorKernels.ternary].flatMap((names, i) =>
    names.map((name) => [name, i + 1] as const),
  ),
);

export const vectorArity = (kernel: string): number => arity.get(kernel) ?? 0;

/** Below this, going there and back costs more than it saves. */
export const worthVectors = 32;

export function runVector(
  program: VectorProgram,
  operands: readonly Operand[],
  shape: Shape,
  simd: Simd,
): Float32Array {
  const size = sizeOf(shape);
  const { base, kernels } = simd;
  simd.reserve(program.blocks * blockBytes);
  const block = (number: number): number => base + number * blockBytes;
  const count = Math.min(size, stretch);
  program.constants.forEach((value, i) => kernels.fill(block(operands.length + i), value, count));
  const readers = operands.map((operand, i) => reader(operand, shape, size, block(i), simd));
  const result = block(program.result) / Float32Array.BYTES_PER_ELEMENT;
  if (size <= stretch) {
    for (const read of readers) read(0, size);
    runSteps(program, block, size, simd);
    return simd.f32.slice(result, result + size);
  }
  const out = new Float32Array(size);
  for (let at = 0; at < size; at += stretch) {
    const length = Math.min(stretch, size - at);
    for (const read of readers) read(at, length);
    runSteps(program, block, length, simd);
    out.set(simd.f32.subarray(result, result + length), at);
  }
  return out;
}

function runSteps({ steps }: VectorProgram, block: (number: number) => number, count: number, { kernels }: Simd): void {
  for (const { kernel, out, from } of steps) {
    const [a, b, c] = from;
    if (c !== undefined) kernels.where(block(out), block(a!), block(b!), block(c), count);
    else if (b === undefined) (kernels[kernel] as typeof kernels.neg)(block(out), block(a!), count);
    else (kernels[kernel] as typeof kernels.add)(block(out), block(a!), block(b), count);
  }
}

/** Puts a stretch of an operand into its block, repeated as broadcasting asks. */
function reader(
  operand: Operand,
  shape: Shape,
  size: number,
  address: number,
  simd: Simd,
): (at: number, count: number) => void {
  const { data } = operand;
  const { f32 } = simd;
  const to = address / Float32Array.BYTES_PER_ELEMENT;
  if (data.length === size) {
    return (at, count) => f32.set(count === size ? data : data.subarray(at, at + count), to);
  }
  if (data.length === 1) {
    simd.kernels.fill(address, data[0]!, Math.min(size, stretch));
    return () => undefined;
  }
  if (isRow(operand.shape, shape) && data.length < stretch) {
    const period = data.length;
    return (at, count) => {
      // The row as it begins at this stretch, then doubled until it fills it.
      const first = at % period;
      f32.set(first === 0 ? data : data.subarray(first), to);
      if (first !== 0) f32.set(data.subarray(0, first), to + period - first);
      for (let filled = period; filled < count; filled *= 2)
        f32.copyWithin(to + filled, to, to + Math.min(filled, count - filled));
    };
  }
  const repeats = repeatsOfEach(operand.shape, shape);
  if (repeats >= worthFilling) {
    return (at, count) => {
      for (let i = 0; i < count;) {
        const place = Math.floor((at + i) / repeats);
        const end = Math.min(count, (place + 1) * repeats - at);
        f32.fill(data[place % data.length]!, to + i, to + end);
        i = end;
      }
    };
  }
  const indices = broadcastIndices(operand.shape, shape);
  return (at, count) => {
    for (let i = 0; i < count; i++) f32[to + i] = data[indices[at + i]!]!;
  };
}

/**
 * How often each element is repeated in a row, where broadcasting repeats over the last dimensions (and may repeat all of it over the
 * first): a column against a matrix, a bias of channels against images. 0 for any other pattern.
 */
function repeatsOfEach(own: Shape, shape: Shape): number {
  const padded = [...Array.from({ length: shape.length - own.length }, () => 1), ...own];
  const first = padded.findIndex((size) => size !== 1);
  let last = padded.length - 1;
  while (last > first && padded[last] === 1) last--;
  for (let i = first; i <= last; i++) if (padded[i] !== shape[i]) return 0;
  return sizeOf(shape.slice(last + 1));
}

/** Shorter repeats are written one by one. */
const worthFilling = 8;

/** Whether broadcasting repeats the operand as a whole: its sizes are the last ones of the shape. */
function isRow(own: Shape, shape: Shape): boolean {
  const leading = own.findIndex((size) => size !== 1);
  const rest = leading < 0 ? [] : own.slice(leading);
  return rest.every((size, i) => size === shape[shape.length - rest.length + i]);
}
