import type { Block } from '../../autograd/block.ts';
import type { TapeNode, TapePass } from '../../autograd/tape-node.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Change } from '../../training/record.ts';
import type { Sample } from '../../training/ridges.ts';
import type { Look } from './training-steps.ts';

/** Measures what a step does to the parameters, and on request how what it makes is spread. */
export class StepLook implements Look {
  readonly changes: Change[] = [];
  readonly samples: Sample[] = [];
  readonly #before: { readonly parameter: number; readonly data: TypedArray; readonly gradient: Block }[] = [];
  readonly #names = new Map<TapeNode, string>();
  readonly #times = new Map<string, number>();

  constructor(
    readonly parameters: readonly TapeNode[],
    readonly nameOf: (parameter: TapeNode) => string,
    readonly wantsNames: boolean,
  ) {}

  /** Of a layer that is called again, or a loop, each has a number. */
  named(tensor: TapeNode, name: string): void {
    if (tensor.isLeaf || this.#names.has(tensor) || sizeOf(tensor.shape) < 2) return;
    const times = (this.#times.get(name) ?? 0) + 1;
    this.#times.set(name, times);
    this.#names.set(tensor, times === 1 ? name : `${name} (${times})`);
  }

  before({ nodes, gradients }: TapePass): void {
    const place = new Map(this.parameters.map((node, i) => [node, i]));
    const gradientOf = new Map<TapeNode, Block>();
    nodes.forEach((node, i) => {
      const [parameter, gradient] = [place.get(node), gradients[i]];
      if (!gradient) return;
      gradientOf.set(node, gradient);
      if (parameter !== undefined) this.#before.push({ parameter, data: node.data, gradient });
    });
    if (!this.wantsNames) return;
    for (const [node, name] of this.#names) {
      this.samples.push({ name, of: 'activation', data: node.data });
      this.#sampleGradient(name, gradientOf.get(node));
    }
    for (const node of this.parameters)
      if (sizeOf(node.shape) > 1) this.#sampleGradient(this.nameOf(node), gradientOf.get(node));
  }

  after(): void {
    for (const { parameter, data, gradient } of this.#before) {
      const after = this.parameters[parameter]!.data;
      this.changes.push({
        parameter,
        gradientNorm: norm(gradient.data),
        updateRatio: distance(data, after) / norm(data),
      });
    }
  }

  #sampleGradient(name: string, gradient: Block | undefined): void {
    if (gradient) this.samples.push({ name, of: 'gradient', data: gradient.data });
  }
}

function norm(data: TypedArray): number {
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += data[i]! * data[i]!;
  return Math.sqrt(squares);
}

function distance(a: TypedArray, b: TypedArray): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (b[i]! - a[i]!) ** 2;
  return Math.sqrt(squares);
}
