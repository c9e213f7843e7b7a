import type { Geometry } from './convolution.ts';
import type { Operand } from './broadcast.ts';
import { type Simd, aligned, simd } from './simd.ts';

const bytes = Float32Array.BYTES_PER_ELEMENT;

/** Whether the vector kernels do a convolution of these: only float32, and only where there is WebAssembly. */
export const canConvolve = (...operands: readonly Operand[]): boolean =>
  simd !== null && operands.every(({ data }) => data instanceof Float32Array);

/** Addresses of a convolution's parts, with enough memory for them. Columns are those of one image. */
interface Parts {
  readonly memory: Simd;
  readonly first: number;
  readonly second: number;
  readonly out: number;
  readonly columns: number;
  readonly packed: number;
}

function laidOut(first: Operand, second: Operand, outSize: number, columnsSize: number): Parts {
  const memory = simd!;
  const after = (address: number, size: number): number => aligned(address + size * bytes);
  const atSecond = after(memory.base, first.data.length);
  const out = after(atSecond, second.data.length);
  const columns = after(out, outSize);
  const packed = after(columns, columnsSize);
  memory.reserve(packed + memory.kernels.packedBytes() - memory.base);
  memory.f32.set(first.data, memory.base / bytes);
  memory.f32.set(second.data, atSecond / bytes);
  return { memory, first: memory.base, second: atSecond, out, columns, packed };
}

const taken = ({ memory, out }: Parts, size: number): Float32Array => memory.f32.slice(out / bytes, out / bytes + size);

/** How far things lie apart, in bytes: images of x, images of y, groups of y, of filters and of columns. */
function strides(g: Geometry) {
  const [rows, places] = [g.channels * g.kernel[0] * g.kernel[1], g.out[0] * g.out[1]];
  const [filters, depth] = [g.filters / g.groups, rows / g.groups];
  return {
    rows,
    places,
    filters,
    depth,
    x: g.channels * g.size[0] * g.size[1] * bytes,
    y: g.filters * places * bytes,
    yGroup: filters * places * bytes,
    wGroup: filters * depth * bytes,
    columnsGroup: depth * places * bytes,
  };
}

type Axes = [number, number, number, number, number, number, number, number, number, number, number, number];
const axes = ({ size, kernel, out, stride, padding, dilation }: Geometry): Axes => [
  ...size,
  ...kernel,
  ...out,
  ...stride,
  ...padding,
  ...dilation,
];

/** y = w · columns, image by image: one image's columns stay in the cache. */
export function vectorConv2d(x: Operand, w: Operand, g: Geometry): Float32Array {
  const s = strides(g);
  const outSize = g.images * g.filters * s.places;
  const parts = laidOut(x, w, outSize, s.rows * s.places);
  const { kernels } = parts.memory;
  for (let n = 0; n < g.images; n++) {
    kernels.im2col(parts.first + n * s.x, parts.columns, s.places, g.channels, ...axes(g));
    for (let group = 0; group < g.groups; group++) {
      const filters = parts.second + group * s.wGroup;
      const columns = parts.columns + group * s.columnsGroup;
      const to = parts.out + n * s.y + group * s.yGroup;
      kernels.matmulF32(filters, columns, to, parts.packed, s.filters, s.depth, s.places, 0, 0);
    }
  }
  return taken(parts, outSize);
}

/** The transpose in x: columns = wᵀ · y, added back to where they came from. */
export function vectorConv2dInput(y: Operand, w: Operand, g: Geometry): Float32Array {
  const s = strides(g);
  const outSize = g.images * g.channels * g.size[0] * g.size[1];
  const parts = laidOut(y, w, outSize, s.rows * s.places);
  const { kernels } = parts.memory;
  kernels.fill(parts.out, 0, outSize);
  for (let n = 0; n < g.images; n++) {
    for (let group = 0; group < g.groups; group++) {
      const filters = parts.second + group * s.wGroup;
      const from = parts.first + n * s.y + group * s.yGroup;
      const columns = parts.columns + group * s.columnsGroup;
      kernels.matmulF32(filters, from, columns, parts.packed, s.depth, s.filters, s.places, 1, 0);
    }
    kernels.col2im(parts.out + n * s.x, parts.columns, s.places, g.channels, ...axes(g));
  }
  return taken(parts, outSize);
}

/** The transpose in w: y · columnsᵀ, summed over the images. */
export function vectorConv2dWeight(x: Operand, y: Operand, g: Geometry): Float32Array {
  const s = strides(g);
  const outSize = (g.filters * s.rows) / g.groups;
  // One image's part is made behind the columns, and added to the sum.
  const parts = laidOut(x, y, outSize, s.rows * s.places + outSize + 4);
  const { kernels } = parts.memory;
  const part = aligned(parts.columns + s.rows * s.places * bytes);
  kernels.fill(parts.out, 0, outSize);
  for (let n = 0; n < g.images; n++) {
    kernels.im2col(parts.first + n * s.x, parts.columns, s.places, g.channels, ...axes(g));
    for (let group = 0; group < g.groups; group++) {
      const from = parts.second + n * s.y + group * s.yGroup;
      const columns = parts.columns + group * s.columnsGroup;
      kernels.matmulF32(from, columns, part + group * s.wGroup, parts.packed, s.filters, s.places, s.depth, 0, 1);
    }
    kernels.add(parts.out, parts.out, part, outSize);
  }
  return taken(parts, outSize);
}
