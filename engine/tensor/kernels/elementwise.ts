import { type TypedArray, type DType, allocate } from '../dtype.ts';
import { type Shape, sameShape, sizeOf } from '../shape.ts';
import { type Operand, broadcastIndices } from './broadcast.ts';
import { type VectorKernel, simd } from './simd.ts';
import { type VectorProgram, runVector, vectorArity, worthVectors } from './vector.ts';

/** A function of numbers, and the name of the vector kernel that computes the same. */
export interface Elementwise {
  readonly name: string;
  readonly of: (...numbers: number[]) => number;
}

/** Applies a function of numbers to each element of tensors that broadcast to `shape`. */
export function elementwise(f: Elementwise, operands: readonly Operand[], shape: Shape, dtype: DType): TypedArray {
  const size = sizeOf(shape);
  // The commonest power, and the only one that is as exact by a kernel.
  if (f.name === 'pow' && isTwo(operands[1]!) && sizeOf(operands[0]!.shape) === size)
    return elementwise(square, operands.slice(0, 1), shape, dtype);
  if (
    simd &&
    size >= worthVectors &&
    dtype === 'float32' &&
    vectorArity(f.name) === operands.length &&
    operands.every(isSingle)
  ) {
    return runVector(programOf(f.name as VectorKernel, operands.length), operands, shape, simd);
  }
  return plainElementwise(f.of, operands, shape, dtype);
}

const square: Elementwise = { name: 'square', of: (x) => x * x };
const isTwo = ({ data }: Operand): boolean => data.length === 1 && data[0] === 2;
const isSingle = ({ data }: Operand): boolean => data instanceof Float32Array;

/** The program of a single kernel. */
function programOf(kernel: VectorKernel, count: number): VectorProgram {
  const known = programs.get(kernel);
  if (known) return known;
  const from = Array.from({ length: count }, (_, i) => i);
  const program = { constants: [], steps: [{ kernel, out: count, from }], blocks: count + 1, result: count };
  programs.set(kernel, program);
  return program;
}
const programs = new Map<VectorKernel, VectorProgram>();

/** The same without vectors: the reference, and what runs where there is no WebAssembly. */
export function plainElementwise(
  f: (...numbers: number[]) => number,
  operands: readonly Operand[],
  shape: Shape,
  dtype: DType,
): TypedArray {
  const size = sizeOf(shape);
  const out = allocate(dtype, size);
  const [a, b, c] = operands;
  if (operands.length === 2 && size === 1) {
    out[0] = f(a!.data[0]!, b!.data[0]!);
  } else if (operands.length === 1 && a) {
    for (let i = 0; i < size; i++) out[i] = f(a.data[i]!);
  } else if (operands.length === 2 && a && b) {
    binary(f, a, b, shape, out);
  } else if (operands.length === 3 && a && b && c) {
    const [p, q, r] = [a, b, c].map((operand) => broadcastIndices(operand.shape, shape));
    for (let i = 0; i < size; i++) out[i] = f(a.data[p![i]!]!, b.data[q![i]!]!, c.data[r![i]!]!);
  } else {
    const indices = operands.map((operand) => broadcastIndices(operand.shape, shape));
    for (let i = 0; i < size; i++) out[i] = f(...operands.map((operand, k) => operand.data[indices[k]![i]!]!));
  }
  return out;
}

function binary(f: (...numbers: number[]) => number, a: Operand, b: Operand, shape: Shape, out: TypedArray): void {
  const size = out.length;
  if (sameShape(a.shape, b.shape)) for (let i = 0; i < size; i++) out[i] = f(a.data[i]!, b.data[i]!);
  else if (b.data.length === 1) for (let i = 0; i < size; i++) out[i] = f(a.data[i]!, b.data[0]!);
  else if (a.data.length === 1) for (let i = 0; i < size; i++) out[i] = f(a.data[0]!, b.data[i]!);
  else {
    const p = broadcastIndices(a.shape, shape);
    const q = broadcastIndices(b.shape, shape);
    for (let i = 0; i < size; i++) out[i] = f(a.data[p[i]!]!, b.data[q[i]!]!);
  }
}
