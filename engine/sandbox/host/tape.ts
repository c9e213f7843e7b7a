import { t } from '../../base/l10n.ts';
import { apply } from '../../autograd/apply.ts';
import { LocalRuntime } from '../../autograd/local-runtime.ts';
import type { TapeNode } from '../../autograd/tape-node.ts';
import { noGrad } from '../../autograd/grad-mode.ts';
import { type OpName, ops } from '../../ops/index.ts';
import { type TypedArray, isFloat } from '../../tensor/dtype.ts';
import type { Distribution } from '../../tensor/random.ts';
import type { Attributes, Described, LeafKind } from '../../tensor/runtime.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { differentiated, dtypes } from '../stream.ts';
import { DrawnForGuest } from './drawn-batches.ts';
import { RunStopped } from './limits.ts';

export interface Application {
  readonly op: string;
  readonly inputs: readonly TapeNode[];
  readonly attributes: Attributes;
  readonly output: TapeNode;
}

const opNames = Object.keys(ops) as OpName[];
const none: Attributes = {};

/** What an op without attributes made of tensors of the kinds that it met last. */
interface Remembered {
  readonly of: readonly Described[];
  readonly what: Described;
}

const kindOf = ({ shape, dtype, requiresGrad }: Described): Described => ({ shape, dtype, requiresGrad });

function sameKinds(kinds: readonly Described[], tensors: readonly Described[]): boolean {
  for (let i = 0; i < tensors.length; i++) {
    const [kind, tensor] = [kinds[i]!, tensors[i]!];
    // One op after another hands its shape on: that it is the same list is enough to know.
    if (kind.shape !== tensor.shape || kind.dtype !== tensor.dtype || kind.requiresGrad !== tensor.requiresGrad)
      return false;
  }
  return kinds.length === tensors.length;
}

/** The tensors of a run, by the numbers that the guest calls them: its records, replayed on the library itself. */
export class Tape {
  readonly runtime = new LocalRuntime();
  readonly batches: DrawnForGuest;
  readonly #tensors: TapeNode[] = [];
  readonly #remembered = new Map<OpName, Remembered>();
  /** What tensors take. A pass counts its gradients while it runs and gives them back. */
  bytes = 0;

  constructor(readonly limits: { readonly tensorBytes: number; readonly nodes: number }) {
    this.batches = new DrawnForGuest(limits.tensorBytes);
  }

  get count(): number {
    return this.#tensors.length;
  }

  /** @throws RunStopped for a number that is no tensor. */
  tensor(number: number): TapeNode {
    const tensor = this.#tensors[number];
    if (tensor === undefined) throw new RunStopped('internal', `There is no tensor ${number}.`);
    return tensor;
  }

  /** @throws RunStopped when there is none */
  get latest(): TapeNode {
    return this.tensor(this.#tensors.length - 1);
  }

  leaf(kind: LeafKind, dtypeNumber: number, requiresGrad: boolean, content: Float64Array, shape: Shape): TapeNode {
    const dtype = dtypes[dtypeNumber];
    if (dtype === undefined || content.length !== sizeOf(shape) || (requiresGrad && !isFloat(dtype))) {
      throw new RunStopped('internal', 'A leaf does not fit its content.');
    }
    const what = { shape, dtype, requiresGrad };
    this.reserve(shape);
    return this.#add(this.runtime.leaf(kind, content, what));
  }

  /** A leaf of a kind that was made before. */
  leafAgain(kind: LeafKind, content: TypedArray, what: Described): TapeNode {
    this.reserve(what.shape);
    return this.#add(this.runtime.leaf(kind, content, what));
  }

  copy(kind: LeafKind, dtypeNumber: number, requiresGrad: boolean, from: TapeNode): TapeNode {
    const dtype = dtypes[dtypeNumber];
    if (dtype === undefined || (requiresGrad && !isFloat(dtype)))
      throw new RunStopped('internal', 'A leaf does not fit its content.');
    const what = { shape: from.shape, dtype, requiresGrad };
    this.reserve(from.shape);
    return this.#add(this.runtime.copy(kind, from, what));
  }

  generate(distribution: Distribution, dtypeNumber: number, attributes: Attributes, shape: Shape): TapeNode {
    const dtype = dtypes[dtypeNumber];
    if (dtype === undefined) throw new RunStopped('internal', 'There is no such dtype.');
    const what = { shape, dtype, requiresGrad: false };
    this.reserve(shape);
    return this.#add(this.runtime.generate(distribution, attributes, what));
  }

  /** @throws RunStopped for a number that is no op. */
  op(number: number): OpName {
    const op = opNames[number];
    if (op === undefined) throw new RunStopped('internal', `There is no op ${number}.`);
    return op;
  }

  /** Shape, dtype and gradient are worked out here again: what the guest thinks of them does not count. */
  apply(op: OpName, inputs: readonly TapeNode[], attributes: Attributes, recording: boolean): TapeNode {
    if (inputs.length === 0 || (!ops[op]!.variadic && inputs.length !== ops[op]!.inputs.length)) {
      throw new RunStopped('internal', `${op} does not take ${inputs.length} tensors.`);
    }
    this.reserve(
      ops[op]!.shape(
        inputs.map(({ shape }) => shape),
        attributes,
      ),
    );
    const tensors = inputs.map((input) => this.runtime.tensor(input));
    const { handle } = recording ? apply(op, tensors, attributes) : noGrad(() => apply(op, tensors, attributes));
    return this.#add(handle as TapeNode);
  }

  /** The same for what is most: recorded, without attributes, and of the same kinds as the time before. */
  applyPlain(op: OpName, inputs: readonly TapeNode[]): TapeNode {
    const known = this.#remembered.get(op);
    if (!known || !sameKinds(known.of, inputs)) {
      const output = this.apply(op, inputs, none, true);
      this.#remembered.set(op, { of: inputs.map(kindOf), what: kindOf(output) });
      return output;
    }
    return this.applyAgain(op, inputs, none, known.what);
  }

  /** An op on tensors of the kinds of which it has made `what` before. */
  applyAgain(op: OpName, inputs: readonly TapeNode[], attributes: Attributes, what: Described): TapeNode {
    this.reserve(what.shape);
    return this.#add(this.runtime.apply(op, inputs, attributes, what));
  }

  /** Lets go of all tensors from number `first` on but some, which become `first`, `first` + 1 and so on. */
  keep(first: number, numbers: readonly number[]): void {
    const kept = numbers.map((number) => this.tensor(number));
    this.#tensors.length = first;
    for (const tensor of kept) this.#add(tensor);
  }

  /** Makes the gradient of a tensor the next tensor. */
  gradient(number: number): boolean {
    const gradient = this.runtime.gradient(this.tensor(number));
    if (gradient !== null) this.#add(gradient);
    return gradient !== null;
  }

  /** Gradients of a tensor become the next tensors; `made` is told of every op on the way to a differentiable one. */
  differentiate(
    output: TapeNode,
    upstream: TapeNode | null,
    wrt: readonly TapeNode[],
    createGraph: boolean,
    made: (application: Application) => void,
  ): number[] {
    if (!output.requiresGrad || (upstream ?? output).shape.join() !== (upstream ? output.shape.join() : ''))
      throw new RunStopped('internal', 'There is nothing to differentiate.');
    this.runtime.observer = (op, inputs, attributes, node) => {
      this.reserve(node.shape);
      made({ op, inputs, attributes, output: node });
    };
    try {
      return this.runtime.differentiate(output, upstream, wrt, createGraph).map((gradient) => {
        if (gradient === null) return differentiated.none;
        this.#add(gradient.handle as TapeNode);
        return gradient.requiresGrad ? differentiated.differentiable : differentiated.constant;
      });
    } finally {
      this.runtime.observer = null;
    }
  }

  #add(tensor: TapeNode): TapeNode {
    this.#tensors.push(tensor);
    return tensor;
  }

  /** Asked before memory is taken, so that a limit is an answer and not a crash. */
  reserve(shape: Shape): void {
    for (let i = 0; i < shape.length; i++)
      if (!Number.isSafeInteger(shape[i]) || shape[i]! < 0) throw new RunStopped('internal', 'A shape is no shape.');
    // float64 for all: the backward pass makes as many again, which is why this cap is far below the machine's.
    this.bytes += sizeOf(shape) * Float64Array.BYTES_PER_ELEMENT;
    // Many huge dimensions beside a 0 have a size that is not a number, with which no sum is over any limit.
    if (!(this.bytes <= this.limits.tensorBytes)) {
      throw new RunStopped(
        'too-large',
        t("The model's tensors are over the limit of {0} MB.", Math.round(this.limits.tensorBytes / 2 ** 20)),
      );
    }
    if (this.#tensors.length >= this.limits.nodes) {
      throw new RunStopped('too-large', t('The model makes more than {0} tensors.', this.limits.nodes));
    }
  }
}
