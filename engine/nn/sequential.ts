import { type TensorLike, asTensor } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';
import { Module, parts } from './module.ts';

/** One tensor in, one tensor out: a module, or a plain function such as `relu`. */
export type Layer = (Module & { forward(x: Tensor): Tensor }) | ((x: Tensor) => Tensor);

/**
 * Layers one after another: `new nn.Sequential(new nn.Linear(2, 8), tanh, new nn.Linear(8, 1))`. Their names are their places, as
 * in PyTorch: `0.weight`, `2.bias`.
 */
export class Sequential extends Module {
  readonly layers: readonly Layer[];

  /** @throws ArgumentError for what is neither a module nor a function. */
  constructor(...layers: Layer[]) {
    super();
    layers.forEach((layer: unknown, i) => {
      if (layer instanceof Module || typeof layer === 'function') return;
      const mended = Array.isArray(layer)
        ? ' Layers stand one after another, in no list: new nn.Sequential(a, b).'
        : '';
      throw new ArgumentError(
        `Sequential: layer ${i} must be a module or a function, not ${describeValue(layer)}.${mended}`,
      );
    });
    this.layers = layers;
  }

  forward(x: TensorLike): Tensor {
    let result = asTensor(x, undefined, 'Sequential');
    for (const layer of this.layers) result = layer instanceof Module ? layer.forward(result) : layer(result);
    return result;
  }

  override [parts](): Iterable<readonly [name: string, value: unknown]> {
    return this.layers.map((layer, i) => [String(i), layer] as const);
  }
}
