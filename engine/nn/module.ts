import { type TensorLike, tensor } from '../autograd/create.ts';
import { livingParameters } from '../autograd/parameters.ts';
import { Tensor } from '../autograd/tensor.ts';
import { ArgumentError } from '../tensor/errors.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { inModule } from './running.ts';
import { type Kept, loadState } from './state.ts';

/** What a module holds under which name; parameters and modules are found among it. A symbol: fields may be called anything. */
export const parts = Symbol('parts');
/** What a module remembers besides its parameters, by name. */
export const kept = Symbol('kept');

/**
 * A part of a network: parameters, other modules, and what it makes of its inputs.
 *
 * ```ts
 * class Net extends nn.Module {
 *   hidden = new nn.Linear(2, 8);
 *   out = new nn.Linear(8, 1);
 *   forward(x: Tensor): Tensor {
 *     return this.out.forward(this.hidden.forward(x).tanh());
 *   }
 * }
 * ```
 *
 * Parameters (`param(…)`) and modules are found in the object's own public fields, and in arrays that are fields.
 */
export abstract class Module {
  /** Whether layers that work differently while training (`Dropout`, `BatchNorm`) do. See `train()` and `eval()`. */
  training = true;

  constructor() {
    if (typeof this.forward !== 'function')
      throw new ArgumentError(
        `${this.constructor.name}: a module needs a method forward(x), which says what it makes of its inputs.`,
      );
    // The instance's own `forward` wraps the written one, so that a call is a call: there is no second method to know of.
    const written = this.forward.bind(this) as (...inputs: unknown[]) => unknown;
    Object.defineProperty(this, 'forward', {
      value: (...inputs: unknown[]) => inModule(this, () => written(...inputs)),
      writable: true,
      configurable: true,
    });
  }

  /** What the module makes of its inputs. In the graph, what it makes is inside a node of the module's name. */
  abstract forward(...inputs: never[]): unknown;

  /** This module (its name is empty) and all below it, each once, with the path of fields that leads to it: `encoder.layers.0`. */
  namedModules(): [name: string, module: Module][] {
    const found = new Map<Module, string>();
    const visit = (module: Module, path: string): void => {
      if (found.has(module)) return;
      found.set(module, path);
      for (const [field, value] of module[parts]()) if (value instanceof Module) visit(value, joined(path, field));
    };
    visit(this, '');
    return Array.from(found, ([module, name]) => [name, module]);
  }

  /** The parameters of this module and of all below it, each once: `hidden.weight`, `layers.0.bias`. */
  namedParameters(): [name: string, parameter: Tensor][] {
    const known = new Set(livingParameters());
    const found = new Map<Tensor, string>();
    for (const [path, module] of this.namedModules()) {
      for (const [field, value] of module[parts]()) {
        if (value instanceof Tensor && known.has(value) && !found.has(value)) found.set(value, joined(path, field));
      }
    }
    return Array.from(found, ([parameter, name]) => [name, parameter]);
  }

  parameters(): Tensor[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Sets `training` here and in all modules below. Returns the module. */
  train(mode = true): this {
    for (const [, module] of this.namedModules()) module.training = mode;
    return this;
  }

  /** `train(false)`: Dropout lets everything through, BatchNorm uses its running statistics. */
  eval(): this {
    return this.train(false);
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }

  /**
   * Copies of all parameters, and of what modules remember besides (the running statistics of `BatchNorm`), by name. As JSON
   * (`JSON.stringify(net.stateDict())`) it can be kept and loaded again.
   */
  stateDict(): Record<string, Tensor> {
    return Object.fromEntries(Array.from(this.#state(), ([name, { read }]) => [name, tensor(read())]));
  }

  /**
   * Takes over the content of a `stateDict()`, or of arrays by the same names. PyTorch's names with underscores are understood.
   * @param options without `strict`, what is missing stays as it is, and what is not known here is left out.
   * @throws ArgumentError naming what is missing and what is not known; ShapeError for content of another shape.
   */
  loadStateDict(state: Readonly<Record<string, TensorLike>>, options: { readonly strict?: boolean } = {}): void {
    loadState(this.#state(), state, options);
  }

  [parts](): Iterable<readonly [name: string, value: unknown]> {
    return fieldsOf(this);
  }

  [kept](): Readonly<Record<string, Kept>> {
    return {};
  }

  #state(): Map<string, Kept> {
    const all = new Map<string, Kept>();
    for (const [name, parameter] of this.namedParameters()) all.set(name, keptIn(parameter));
    for (const [path, module] of this.namedModules())
      for (const [field, one] of Object.entries(module[kept]())) all.set(joined(path, field), one);
    return all;
  }
}

const keptIn = (parameter: Tensor): Kept => ({
  read: () => parameter,
  write: (content) => runtime().assign(parameter.handle, content.handle),
});

function* fieldsOf(module: Module): Generator<[field: string, value: unknown]> {
  for (const [field, value] of Object.entries(module) as [string, unknown][]) {
    if (!Array.isArray(value)) yield [field, value];
    else for (const [i, element] of (value as unknown[]).entries()) yield [`${field}.${i}`, element];
  }
}

const joined = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);
