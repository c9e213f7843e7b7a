import type { Block } from '../../autograd/block.ts';
import type { TapeNode, TapePass } from '../../autograd/local-runtime.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import type { Change } from '../../training/record.ts';
import type { Look } from './training-steps.ts';

/** Measures what a step does to the parameters. */
export class ParameterLook implements Look {
  readonly changes: Change[] = [];
  readonly #before: { readonly parameter: number; readonly data: TypedArray; readonly gradient: Block }[] = [];

  constructor(readonly parameters: readonly TapeNode[]) {}

  before({ nodes, gradients }: TapePass): void {
    const place = new Map(this.parameters.map((node, i) => [node, i]));
    nodes.forEach((node, i) => {
      const [parameter, gradient] = [place.get(node), gradients[i]];
      if (parameter !== undefined && gradient) this.#before.push({ parameter, data: node.data, gradient });
    });
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
