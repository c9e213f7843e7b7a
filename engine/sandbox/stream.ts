import type { DType } from '../tensor/dtype.ts';
import type { LeafKind } from '../tensor/runtime.ts';

/**
 * What the guest tells the host, as a stream of whole numbers in float64, which holds 53 bits. A record begins with a number that
 * holds its code in the lowest five bits and its first operand above them; the other operands follow. What every line of a model
 * writes takes one number: the guest is interpreted, and each costs it as much as a call costs a compiled program.
 *
 * Guest and host count tensors alike, so that a record needs no answer; the latest is the one with the highest number. The host
 * trusts none of it: every number is checked before it is used.
 */
export const record = {
  /** kind | dtype, requiresGrad, content, rank, …shape */
  leaf: 1,
  /** distribution | dtype, attributes, rank, …shape */
  generate: 2,
  /** op | attributes, recording, count, …inputs */
  apply: 3,
  /** tensor | site: the expression that made it */
  site: 4,
  /** tensor | site, index or −1: the name that holds it, or the array */
  bind: 5,
  /** tensor | text: `watch(tensor, name)` */
  watch: 6,
  /** kind of `scopeKinds` | text */
  enterScope: 7,
  /** site of the function */
  enterFunction: 8,
  /** site of the loop */
  enterLoop: 9,
  /** depth of the loop, as it was on entering: the next iteration begins */
  iterate: 10,
  /** depth to go back to */
  leave: 11,
  /** leaf | from */
  assign: 12,
  /** tensor */
  clearGradient: 13,
  /** tensor */
  backward: 14,
  /** 1 or 0: whether numbers that are not finite are an error */
  detectAnomalies: 15,
  /** kind | dtype, requiresGrad, tensor to copy */
  copy: 16,
  /** op and input in one number: recorded, without attributes */
  applyOne: 17,
  /** op and both inputs in one number: the same */
  applyTwo: 18,
  /** site: of the expression that made the latest tensor */
  siteOfLatest: 19,
  /** site: of the name that holds the latest tensor */
  bindLatest: 20,
  /** kind | dtype, requiresGrad, halves of a float64, rank, …shape: a leaf of one element */
  leafOfOne: 21,
  /** kind | tensor, halves of two float64: what is expected of its gradient */
  expectGradient: 22,
  /** site: of the call that said what was expected last */
  siteOfExpectation: 23,
  /** site: of the name that holds the latest tensor; the site after it is that of the expression that made it */
  namedLatest: 24,
  /** count: so many tensors of this step of a training there are now, those not told of made as in the step before */
  repeat: 25,
  /** batches: the rows of their step are the next tensor */
  rows: 26,
  /** batches: their next step begins */
  advance: 27,
} as const;

export const codeMask = 2 ** 5 - 1;
/** What the operands of a record's first number are multiplied by: the first of all records, and the tensors that some hold. */
export const packed = { operand: 32, tensor: 8192, secondTensor: 8589934592 } as const;
/** What a step gives that is the same throughout as the one before: −1 − (how many tensors it made · this) − the place of the loss. */
export const mostInStep = 2 ** 20;
/** Ops that are told in one number are below this, and so are their tensors. */
export const packedOps = packed.tensor / packed.operand;
export const packedTensors = packed.secondTensor / packed.tensor;

export const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'bool'];
export const leafKinds: readonly LeafKind[] = ['parameter', 'input', 'constant'];
export const scopeKinds = ['scope', 'module', 'composite'] as const;

export const differentiated = { none: 0, constant: 1, differentiable: 2 } as const;

/** Characters of a line of the log: a longer one is cut by the guest, and refused by the host. */
export const longestLogLine = 2000;

/** The host's functions, as the guest sees them. Only numbers, texts and bytes cross. */
export interface HostFunctions {
  /** Runs the first `count` numbers of a stream. */
  readonly flush: (stream: ArrayBuffer, count: number) => void;
  /** A text's number in the run's table of texts. */
  readonly intern: (text: string) => number;
  /** Hands over the content of a leaf, as float64; returns its number. */
  readonly content: (bytes: ArrayBuffer) => number;
  /** A tensor's content as its own dtype. */
  readonly read: (tensor: number) => ArrayBuffer;
  /** Whether all numbers of a tensor are places of a dimension of this size. */
  readonly arePlaces: (tensor: number, size: number) => boolean;
  /**
   * Makes what `Runtime.oneHot` says the next tensor; false when some number is no class.
   * @param question as int32: the tensor of classes, the dimension, then the shape.
   */
  readonly oneHot: (question: ArrayBuffer) => boolean;
  /** Begins to draw batches; returns their number. See `Batches`. */
  readonly batches: (size: number, of: number, seed: number) => number;
  /** Makes the gradient of a tensor the next tensor; false when it has none. */
  readonly gradient: (tensor: number) => boolean;
  /**
   * Gradients of a tensor with respect to others become the next tensors, as many as there are.
   * @param question as int32: the tensor, the upstream gradient or −1, whether to create a graph, then the others.
   * @returns a byte for each of the others: of `differentiated`.
   */
  readonly differentiate: (question: ArrayBuffer) => ArrayBuffer;
  /** The name at a site of the source; empty where there is none. */
  readonly nameOf: (site: number) => string;
  readonly log: (level: string, text: string, stack: string) => void;
}
