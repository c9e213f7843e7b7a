import { type TensorLike, asTensor } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { Module } from './module.ts';

/** One tensor in, one tensor out: a module, or a plain function such as `relu`. */
export type Layer = (Module & { forward(x: Tensor): Tensor }) | ((x: Tensor) => Tensor);

/** Layers one after another: `new nn.Sequential(new nn.Linear(2, 8), tanh, new nn.Linear(8, 1))`. */
export class Sequential extends Module {
  readonly layers: readonly Layer[];

  constructor(...layers: Layer[]) {
    super();
    this.layers = layers;
  }

  forward(x: TensorLike): Tensor {
    let result = asTensor(x);
    for (const layer of this.layers) result = layer instanceof Module ? layer.forward(result) : layer(result);
    return result;
  }
}
