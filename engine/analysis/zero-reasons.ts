import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from './pass-graph.ts';

/** Why an element of a gradient is exactly 0. */
export type ZeroReason =
  /** relu and its kin, on the side where they are flat. */
  | 'inactive'
  /** clamp, hardtanh, relu6 and their kin, outside their range. */
  | 'clamped'
  /** sigmoid, tanh, so far out that the derivative is less than a number can be. */
  | 'saturated'
  /** floor, round, sign: flat between their jumps. */
  | 'piecewise-constant'
  /** where, maskedFill: the other value was taken. */
  | 'masked'
  /** dropout */
  | 'dropped'
  /** max, min, pooling: another element was the extreme. */
  | 'not-chosen'
  /** slice, gather, indexing: not among those that were taken. */
  | 'not-selected'
  /** A product with something that is exactly 0. */
  | 'times-zero'
  /** The derivative happens to be 0 at this value, as that of x² at 0. */
  | 'flat'
  /** Smaller than the smallest number of its dtype. */
  | 'underflow'
  /** Terms that add up to exactly 0. */
  | 'cancellation';

interface Blamed {
  readonly cause: ZeroReason;
  readonly operand: NodeId | null;
  readonly mask: Uint8Array;
}

const byOp: Readonly<Record<string, ZeroReason>> = {
  relu: 'inactive',
  leakyRelu: 'inactive',
  elu: 'inactive',
  celu: 'inactive',
  selu: 'inactive',
  gelu: 'inactive',
  silu: 'inactive',
  mish: 'inactive',
  softplus: 'inactive',
  hardswish: 'inactive',
  clamp: 'clamped',
  hardtanh: 'clamped',
  hardsigmoid: 'clamped',
  sigmoid: 'saturated',
  tanh: 'saturated',
  logSigmoid: 'saturated',
  softsign: 'saturated',
  erf: 'saturated',
  erfc: 'saturated',
  floor: 'piecewise-constant',
  ceil: 'piecewise-constant',
  round: 'piecewise-constant',
  sign: 'piecewise-constant',
  where: 'masked',
  maskedFill: 'masked',
  tril: 'masked',
  triu: 'masked',
  max: 'not-chosen',
  min: 'not-chosen',
  maximum: 'not-chosen',
  minimum: 'not-chosen',
  maxPool2d: 'not-chosen',
  slice: 'not-selected',
  pad: 'not-selected',
  gather: 'not-selected',
  indexSelect: 'not-selected',
  diagonal: 'not-selected',
  trace: 'not-selected',
};

const products: ReadonlySet<string> = new Set([
  'mul',
  'matmul',
  'dot',
  'conv2d',
  'conv2dInput',
  'conv2dWeight',
  'lerp',
  'prod',
]);

/** Whatever their operands: these pass on something of everything. */
const open: ReadonlySet<string> = new Set([
  'add',
  'sub',
  'neg',
  'sum',
  'mean',
  'reshape',
  'expand',
  'transpose',
  'permute',
  'flip',
  'roll',
  'cat',
]);

/** Whether an op could let nothing through at some element, told by its numbers at a glance: most need not be asked. */
export function mayBlock(graph: PassGraph, id: NodeId, input: number): boolean {
  const node = graph.node(id);
  if (open.has(node.op)) return false;
  if (node.op === 'mul' || node.op === 'matmul' || node.op === 'dot') {
    const other = node.inputs[1 - input];
    return other !== undefined && graph.node(other).value.statistics.zero > 0;
  }
  const { min, max, zero } = node.value.statistics;
  if (node.op === 'tanh') return max === 1 || min === -1;
  if (node.op === 'sigmoid') return max === 1 || zero > 0;
  if (node.op === 'exp') return zero > 0;
  return true;
}

/** What an op lets nothing through for, at the elements of one of its inputs that are marked. */
export function reasonAt(graph: PassGraph, id: NodeId, input: number, mask: Uint8Array): Blamed[] {
  if (!mask.includes(1)) return [];
  const node = graph.node(id);
  if (products.has(node.op)) {
    const other = node.inputs.find((_, i) => i !== input) ?? node.inputs[0]!;
    const cause = isDropped(graph, id) ? 'dropped' : 'times-zero';
    return [{ cause, operand: other, mask }];
  }
  if (node.op === 'relu6') return bySide(graph, node.inputs[0]!, mask);
  return [{ cause: byOp[node.op] ?? 'flat', operand: null, mask }];
}

/** relu6 is flat on both sides, for two reasons. */
function bySide(graph: PassGraph, x: NodeId, mask: Uint8Array): Blamed[] {
  const { data } = graph.node(x).value;
  const below = mask.map((mark, i) => Number(mark === 1 && !(data && data[i]! > 0)));
  const above = mask.map((mark, i) => Number(mark === 1 && below[i] === 0));
  return [
    { cause: 'inactive', operand: null, mask: below },
    { cause: 'clamped', operand: null, mask: above },
  ];
}

/** Whether a product is dropout's own. */
function isDropped(graph: PassGraph, id: NodeId): boolean {
  const { scopes } = graph.trace;
  const scope = scopes[graph.node(id).scope];
  return scope?.kind === 'composite' && scope.name === 'dropout';
}
