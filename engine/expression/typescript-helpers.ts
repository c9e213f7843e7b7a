import { type Settings, settingText } from './typescript-settings.ts';

/**
 * Ops that only gradients use, and that the library has no function for, as functions made of the library. Most are the
 * transpose of a function: its vector–Jacobian product, which a linear function has the same everywhere.
 */
export interface Helper {
  readonly name: string;
  /** What it is told after its tensors. */
  readonly told: (settings: Settings) => readonly string[];
  /** Where the library has a function for the rest. */
  readonly when?: (settings: Settings) => boolean;
  readonly imports: readonly string[];
  /** Other helpers that it calls. */
  readonly needs?: readonly string[];
  readonly text: string;
}

const list =
  (...names: readonly string[]) =>
  (settings: Settings): string[] =>
    names.map((name) => settingText(settings[name] ?? null));
const options =
  (...names: readonly string[]) =>
  (settings: Settings): string =>
    `{ ${names.flatMap((name) => (settings[name] === undefined ? [] : [`${name}: ${settingText(settings[name])}`])).join(', ')} }`;
const placing = options('stride', 'padding', 'dilation', 'groups');
const pooling = options('stride', 'padding', 'dilation', 'ceilMode', 'countIncludePad');

const runningPlaces = (extreme: 'max' | 'min'): Helper => ({
  name: `cumarg${extreme}`,
  told: list('dim'),
  imports: [],
  text: `/** The places of the running ${extreme}ima. */
function cumarg${extreme}(x: Tensor, dim: number): Tensor {
  return x.cum${extreme}(dim).indices;
}`,
});

export const helpers: Readonly<Record<string, Helper>> = {
  share: {
    name: 'share',
    told: list('dim'),
    imports: [],
    text: `/** Where x is the extreme of its lane: 1 over the number of elements that are. */
function share(x: Tensor, extreme: Tensor, dim: number | number[] | null): Tensor {
  const gone = dim === null ? x.shape.map((_, i) => i) : [dim].flat().map((i) => (i < 0 ? i + x.shape.length : i));
  const hits = x.equal(extreme.reshape(x.shape.map((size, i) => (gone.includes(i) ? 1 : size))));
  return hits.div(hits.sum(dim, true).maximum(1));
}`,
  },
  cumargmax: runningPlaces('max'),
  cumargmin: runningPlaces('min'),
  cofactor: {
    name: 'cofactors',
    told: () => [],
    imports: ['vjp'],
    text: `/** The derivative of the determinant. */
function cofactors(x: Tensor): Tensor {
  return vjp((z) => z.det().sum(), x).pullback(1)[0]!;
}`,
  },
  cumprod: {
    name: 'runningProducts',
    told: (settings) => [
      settingText(settings.dim!),
      String(settings.reverse === true),
      String(settings.exclusive === true),
    ],
    when: ({ reverse, exclusive }) => reverse === true || exclusive === true,
    imports: ['cat', 'ones'],
    text: `/** Running products, from the end when \`reverse\`, without the element itself when \`exclusive\`. */
function runningProducts(x: Tensor, dim: number, reverse: boolean, exclusive: boolean): Tensor {
  if (reverse) return runningProducts(x.flip(dim), dim, false, exclusive).flip(dim);
  if (!exclusive) return x.cumprod(dim);
  const first = ones(x.slice(dim, 0, 1).shape, { dtype: x.dtype });
  return cat([first, x.slice(dim, 0, -1)], dim).cumprod(dim);
}`,
  },
  recurrence: {
    name: 'recurrence',
    told: (settings) => [settingText(settings.dim!), String(settings.reverse === true), String(settings.lag === true)],
    imports: ['stack'],
    text: `/** yₜ = aₜ·yₜ₋₁ + bₜ along a dimension, from its end when \`reverse\`; with aₜ₋₁ for aₜ when \`lag\`. */
function recurrence(a: Tensor, b: Tensor, dim: number, reverse: boolean, lag: boolean): Tensor {
  if (reverse) return recurrence(a.flip(dim), b.flip(dim), dim, false, lag).flip(dim);
  const factors = a.unbind(dim);
  const states: Tensor[] = [];
  for (const [t, more] of b.unbind(dim).entries())
    states.push(t === 0 ? more : factors[lag ? t - 1 : t]!.mul(states[t - 1]!).add(more));
  return stack(states, dim);
}`,
  },
  diagonal: {
    name: 'diagonals',
    told: list('offset'),
    imports: [],
    text: `/** The diagonal of each matrix, \`offset\` places above the main one. */
function diagonals(x: Tensor, offset: number): Tensor {
  const batch = x.shape.slice(0, -2);
  const [rows, columns] = [x.shape.at(-2)!, x.shape.at(-1)!];
  const [row, column] = [Math.max(0, -offset), Math.max(0, offset)];
  const count = Math.max(0, Math.min(rows - row, columns - column));
  const first = row * columns + column;
  const flat = x.reshape([...batch, rows * columns]);
  return flat.slice(-1, first, first + Math.max(0, (count - 1) * (columns + 1) + 1), columns + 1);
}`,
  },
  embedDiagonal: {
    name: 'embedDiagonals',
    told: list('offset', 'rows', 'columns'),
    imports: ['vjp', 'zeros'],
    needs: ['diagonal'],
    text: `/** Matrices of zeros with vectors on a diagonal. */
function embedDiagonals(x: Tensor, offset: number, rows: number, columns: number): Tensor {
  const empty = zeros([...x.shape.slice(0, -1), rows, columns], { dtype: x.dtype });
  return vjp((z) => diagonals(z, offset), empty).pullback(x)[0]!;
}`,
  },
  embed: {
    name: 'embed',
    told: list('shape', 'dim', 'start', 'step'),
    imports: ['vjp', 'zeros'],
    text: `/** Zeros with x put in along a dimension: the transpose of a slice. */
function embed(x: Tensor, shape: number[], dim: number, start: number, step: number): Tensor {
  const end = start + (x.shape[dim]! - 1) * step + 1;
  return vjp((z) => z.slice(dim, start, end, step), zeros(shape, { dtype: x.dtype })).pullback(x)[0]!;
}`,
  },
  indexSelect: {
    name: 'pick',
    told: list('dim'),
    imports: [],
    text: `/** The slices of x along a dimension that an index of any shape names. */
function pick(x: Tensor, index: Tensor, dim: number): Tensor {
  const d = dim < 0 ? dim + x.shape.length : dim;
  return x.indexSelect(d, index.flatten()).reshape([...x.shape.slice(0, d), ...index.shape, ...x.shape.slice(d + 1)]);
}`,
  },
  indexSum: {
    name: 'indexSum',
    told: list('dim', 'size'),
    imports: ['vjp', 'zeros'],
    text: `/** Adds slices up where an index sends them: the transpose of indexSelect. */
function indexSum(x: Tensor, index: Tensor, dim: number, size: number): Tensor {
  const d = dim < 0 ? dim + x.shape.length - index.shape.length + 1 : dim;
  const [before, after] = [x.shape.slice(0, d), x.shape.slice(d + index.shape.length)];
  const empty = zeros([...before, size, ...after], { dtype: x.dtype });
  const slices = x.reshape([...before, index.size, ...after]);
  return vjp((z) => z.indexSelect(d, index.flatten()), empty).pullback(slices)[0]!;
}`,
  },
  scatterSum: {
    name: 'scatterSum',
    told: list('dim', 'shape'),
    imports: ['zeros'],
    text: `/** Adds elements up where an index sends them: the transpose of gather. */
function scatterSum(x: Tensor, index: Tensor, dim: number, shape: number[]): Tensor {
  return zeros(shape, { dtype: x.dtype }).scatterAdd(dim, index, x);
}`,
  },
  conv2dInput: {
    name: 'conv2dInput',
    told: (settings) => [settingText(settings.shape!), placing(settings)],
    imports: ['vjp', 'zeros'],
    text: `/** What a convolution hands back to its input. */
function conv2dInput(g: Tensor, w: Tensor, shape: number[], options: object): Tensor {
  return vjp((x) => x.conv2d(w, null, options), zeros(shape, { dtype: g.dtype })).pullback(g)[0]!;
}`,
  },
  conv2dWeight: {
    name: 'conv2dWeight',
    told: (settings) => [settingText(settings.shape!), placing(settings)],
    imports: ['vjp', 'zeros'],
    text: `/** What a convolution hands back to its filters. */
function conv2dWeight(x: Tensor, g: Tensor, shape: number[], options: object): Tensor {
  return vjp((w) => x.conv2d(w, null, options), zeros(shape, { dtype: g.dtype })).pullback(g)[0]!;
}`,
  },
  maxPool2dBack: {
    name: 'maxPool2dBack',
    told: (settings) => [settingText(settings.kernel!), pooling(settings)],
    imports: ['vjp'],
    text: `/** What pooling hands back to the largest element of each window. */
function maxPool2dBack(g: Tensor, x: Tensor, kernel: [number, number], options: object): Tensor {
  return vjp((z) => z.maxPool2d(kernel, options), x).pullback(g)[0]!;
}`,
  },
  maxPool2dPick: {
    name: 'maxPool2dPick',
    told: (settings) => [settingText(settings.kernel!), pooling(settings)],
    imports: ['jvp'],
    text: `/** The elements of t where x is largest in each window. */
function maxPool2dPick(t: Tensor, x: Tensor, kernel: [number, number], options: object): Tensor {
  return jvp((z) => z.maxPool2d(kernel, options), [x], [t]).tangent;
}`,
  },
  avgPool2dBack: {
    name: 'avgPool2dBack',
    told: (settings) => [settingText(settings.shape!), settingText(settings.kernel!), pooling(settings)],
    imports: ['vjp', 'zeros'],
    text: `/** What averaging hands back to each element of its windows. */
function avgPool2dBack(g: Tensor, shape: number[], kernel: [number, number], options: object): Tensor {
  return vjp((z) => z.avgPool2d(kernel, options), zeros(shape, { dtype: g.dtype })).pullback(g)[0]!;
}`,
  },
};
