import { simdBytes } from './generated/simd.ts';

type Unary = (out: number, a: number, count: number) => void;
type Binary = (out: number, a: number, b: number, count: number) => void;
type Ternary = (out: number, a: number, b: number, c: number, count: number) => void;
type Product = (
  a: number,
  b: number,
  c: number,
  packed: number,
  m: number,
  k: number,
  n: number,
  transposeA: number,
  transposeB: number,
) => void;
/** An image, its columns, how far their rows lie apart, channels, and height and width of: image, kernel, output, stride, padding, dilation. */
type Columns = (
  x: number,
  columns: number,
  rowStride: number,
  channels: number,
  ...axes: [number, number, number, number, number, number, number, number, number, number, number, number]
) => void;
type Reduction = (out: number, a: number, rows: number, columns: number) => void;

/** Kernels on blocks of numbers, by how many they take. */
export const vectorKernels = {
  unary: [
    'neg',
    'abs',
    'sqrt',
    'square',
    'reciprocal',
    'rsqrt',
    'relu',
    'step',
    'exp',
    'log',
    'tanh',
    'sigmoid',
    'sign',
    'erfc',
  ],
  binary: [
    'add',
    'sub',
    'mul',
    'div',
    'maximum',
    'minimum',
    'greater',
    'greaterEqual',
    'less',
    'lessEqual',
    'equal',
    'logicalAnd',
  ],
  ternary: ['where'],
} as const;

type UnaryName = (typeof vectorKernels.unary)[number];
type BinaryName = (typeof vectorKernels.binary)[number];
export type VectorKernel = UnaryName | BinaryName | 'where';

/** Kernels of `assembly/`, whose operands are addresses in the memory they share. */
export type Kernels = Readonly<Record<UnaryName, Unary>> &
  Readonly<Record<BinaryName, Binary>> & {
    readonly where: Ternary;
    readonly fill: (out: number, value: number, count: number) => void;
    readonly matmulF32: Product;
    readonly matmulF64: Product;
    readonly packedBytes: () => number;
    readonly sumRows: Reduction;
    readonly sumColumns: Reduction;
    readonly maxRows: Reduction;
    readonly moments: (out: number, a: number, count: number) => void;
    readonly spread: (a: number, count: number, mean: number) => number;
    readonly im2col: Columns;
    readonly col2im: Columns;
  };

interface Exports extends Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void };
  readonly heapBase: () => number;
}

/** The part of the WebAssembly interface that is used here: neither Node's types nor a browser's are in force. */
interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
declare const WebAssembly: WebAssemblyLike | undefined;
declare const atob: (base64: string) => string;

const page = 65_536;
/** Operands begin where a vector may. */
export const aligned = (address: number): number => (address + 15) & ~15;

/** The kernels with their memory. Operands are copied in and results out, so that tensors stay with the garbage collector. */
export class Simd {
  readonly kernels: Kernels;
  readonly base: number;
  readonly #memory: Exports['memory'];
  f32: Float32Array;
  f64: Float64Array;

  constructor(exports: Exports) {
    this.kernels = exports;
    this.base = aligned(exports.heapBase());
    this.#memory = exports.memory;
    this.f32 = new Float32Array(this.#memory.buffer);
    this.f64 = new Float64Array(this.#memory.buffer);
  }

  /** Makes sure of so many bytes from `base`. Views are new afterwards. @throws RangeError when there is no more memory */
  reserve(bytes: number): void {
    const missing = this.base + bytes - this.f32.byteLength;
    if (missing <= 0) return;
    this.#memory.grow(Math.ceil(missing / page));
    this.f32 = new Float32Array(this.#memory.buffer);
    this.f64 = new Float64Array(this.#memory.buffer);
  }
}

function load(): Simd | null {
  if (typeof WebAssembly === 'undefined' || simdBytes === '') return null;
  try {
    const bytes = Uint8Array.from(atob(simdBytes), (character) => character.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
    return new Simd(exports as Exports);
  } catch {
    // An engine without SIMD, or a page that forbids WebAssembly: the plain kernels do the same.
    return null;
  }
}

/** Null where there is no WebAssembly: then the plain kernels beside these do everything. */
export const simd: Simd | null = load();
