import { t } from '../../base/l10n.ts';
import { apply } from '../../autograd/apply.ts';
import { LocalRuntime, type TapeNode } from '../../autograd/local-runtime.ts';
import { noGrad } from '../../autograd/grad-mode.ts';
import { Tensor } from '../../autograd/tensor.ts';
import { type OpName, ops } from '../../ops/index.ts';
import { isFloat } from '../../tensor/dtype.ts';
import type { Distribution } from '../../tensor/random.ts';
import type { Attributes, LeafKind } from '../../tensor/runtime.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { differentiated, dtypes } from '../stream.ts';
import { RunStopped } from './limits.ts';

export interface Application {
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly output: Tensor;
}

const opNames = Object.keys(ops) as OpName[];

/** The tensors of a run, by the numbers that the guest calls them: its records, replayed on the library itself. */
export class Tape {
  readonly runtime = new LocalRuntime();
  readonly #tensors: Tensor[] = [];
  /** What tensors take. A pass counts its gradients while it runs and gives them back. */
  bytes = 0;

  constructor(readonly limits: { readonly tensorBytes: number; readonly nodes: number }) {}

  get count(): number {
    return this.#tensors.length;
  }

  /** @throws RunStopped for a number that is no tensor. */
  tensor(number: number): Tensor {
    const tensor = this.#tensors[number];
    if (tensor === undefined) throw new RunStopped('internal', `There is no tensor ${number}.`);
    return tensor;
  }

  leaf(kind: LeafKind, dtypeNumber: number, requiresGrad: boolean, content: Float64Array, shape: Shape): Tensor {
    const dtype = dtypes[dtypeNumber];
    if (dtype === undefined || content.length !== sizeOf(shape) || (requiresGrad && !isFloat(dtype))) {
      throw new RunStopped('internal', 'A leaf does not fit its content.');
    }
    const what = { shape, dtype, requiresGrad };
    this.reserve(shape);
    return this.#add(new Tensor(this.runtime.leaf(kind, content, what), what));
  }

  copy(kind: LeafKind, dtypeNumber: number, requiresGrad: boolean, from: Tensor): Tensor {
    const dtype = dtypes[dtypeNumber];
    if (dtype === undefined || (requiresGrad && !isFloat(dtype)))
      throw new RunStopped('internal', 'A leaf does not fit its content.');
    const what = { shape: from.shape, dtype, requiresGrad };
    this.reserve(from.shape);
    return this.#add(new Tensor(this.runtime.copy(kind, from.handle, what), what));
  }

  generate(distribution: Distribution, dtypeNumber: number, attributes: Attributes, shape: Shape): Tensor {
    const dtype = dtypes[dtypeNumber];
    if (dtype === undefined) throw new RunStopped('internal', 'There is no such dtype.');
    const what = { shape, dtype, requiresGrad: false };
    this.reserve(shape);
    return this.#add(new Tensor(this.runtime.generate(distribution, attributes, what), what));
  }

  /** Shape, dtype and gradient are worked out here again: what the guest thinks of them does not count. */
  apply(
    opNumber: number,
    inputNumbers: readonly number[],
    attributes: Attributes,
    recording: boolean,
  ): { op: OpName; output: Tensor } {
    const op = opNames[opNumber];
    if (op === undefined) throw new RunStopped('internal', `There is no op ${opNumber}.`);
    const inputs = inputNumbers.map((number) => this.tensor(number));
    if (inputs.length === 0 || (!ops[op]!.variadic && inputs.length !== ops[op]!.inputs.length)) {
      throw new RunStopped('internal', `${op} does not take ${inputs.length} tensors.`);
    }
    this.reserve(
      ops[op]!.shape(
        inputs.map(({ shape }) => shape),
        attributes,
      ),
    );
    const output = recording ? apply(op, inputs, attributes) : noGrad(() => apply(op, inputs, attributes));
    return { op, output: this.#add(output) };
  }

  /** Makes the gradient of a tensor the next tensor. */
  gradient(number: number): boolean {
    const { grad } = this.tensor(number);
    if (grad === null) return false;
    this.#add(grad);
    return true;
  }

  /** Gradients of a tensor become the next tensors; `made` is told of every op on the way to a differentiable one. */
  differentiate(
    output: Tensor,
    upstream: Tensor | null,
    wrt: readonly Tensor[],
    createGraph: boolean,
    made: (application: Application) => void,
  ): number[] {
    if (!output.requiresGrad || (upstream ?? output).shape.join() !== (upstream ? output.shape.join() : ''))
      throw new RunStopped('internal', 'There is nothing to differentiate.');
    this.runtime.observer = (op, inputs, attributes, node) => {
      this.reserve(node.shape);
      const tensors = inputs.map((input) => this.runtime.tensor(input));
      made({ op, inputs: tensors, attributes, output: this.runtime.tensor(node) });
    };
    try {
      const handles = wrt.map(({ handle }) => handle);
      const found = this.runtime.differentiate(output.handle, upstream?.handle ?? null, handles, createGraph);
      return found.map((gradient) => {
        if (gradient === null) return differentiated.none;
        this.#add(this.runtime.tensor(gradient.handle as TapeNode));
        return gradient.requiresGrad ? differentiated.differentiable : differentiated.constant;
      });
    } finally {
      this.runtime.observer = null;
    }
  }

  nodeOf(tensor: Tensor): TapeNode {
    return tensor.handle as TapeNode;
  }

  #add(tensor: Tensor): Tensor {
    this.#tensors.push(tensor);
    return tensor;
  }

  /** Asked before memory is taken, so that a limit is an answer and not a crash. */
  reserve(shape: Shape): void {
    if (shape.some((size) => !Number.isSafeInteger(size) || size < 0))
      throw new RunStopped('internal', 'A shape is no shape.');
    // float64 for all: the backward pass makes as many again, which is why this cap is far below the machine's.
    this.bytes += sizeOf(shape) * Float64Array.BYTES_PER_ELEMENT;
    if (this.bytes > this.limits.tensorBytes) {
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
