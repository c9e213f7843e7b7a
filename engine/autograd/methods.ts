import * as composites from '../ops/composite/index.ts';
import type { TensorLike } from './create.ts';
import * as functions from './functions/index.ts';
import { Tensor } from './tensor.ts';

/** Functions that do not start with one tensor, and so are no methods. */
type NoMethod = 'cat' | 'concat' | 'einsum' | 'stack' | 'where';

type All = typeof functions & typeof composites;

/** The functions that start with a tensor, as methods of it: `tanh(x)` is `x.tanh()`. */
export type Methods = {
  [Name in Exclude<keyof All, NoMethod>]: All[Name] extends (x: TensorLike, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : never;
};

const noMethod: ReadonlySet<string> = new Set<NoMethod>(['cat', 'concat', 'einsum', 'stack', 'where']);

for (const [name, f] of Object.entries({ ...functions, ...composites })) {
  if (noMethod.has(name)) continue;
  Object.defineProperty(Tensor.prototype, name, {
    value: function method(this: Tensor, ...rest: unknown[]): unknown {
      return (f as (...all: unknown[]) => unknown)(this, ...rest);
    },
    writable: true,
    configurable: true,
  });
}
