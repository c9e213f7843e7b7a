import * as composites from '../ops/composite/index.ts';
import { ArgumentError } from '../tensor/errors.ts';
import type { TensorLike } from './create.ts';
import * as functions from './functions/index.ts';
import { type Pure, arityOf, pureFunction } from './shortcuts.ts';
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

type Function = (...all: unknown[]) => unknown;

/** A list of arguments is made only where their number is not known. */
function methodOf(f: Function): Function {
  switch (arityOf(f)) {
    case 1:
      return function method(this: Tensor): unknown {
        return f(this);
      };
    case 2:
      return function method(this: Tensor, other: unknown): unknown {
        return f(this, other);
      };
    default: {
      const whole = pureFunction(f as unknown as Pure) as unknown as Function;
      return function method(this: Tensor, ...rest: unknown[]): unknown {
        return whole(this, ...rest);
      };
    }
  }
}

for (const [name, f] of Object.entries({ ...functions, ...composites })) {
  if (noMethod.has(name)) continue;
  Object.defineProperty(Tensor.prototype, name, { value: methodOf(f as Function), writable: true, configurable: true });
}

// `for (const row of x)` and `const [values, indices] = x.max(0)`, which the types refuse, are told what to write.
Object.defineProperty(Tensor.prototype, Symbol.iterator, {
  value: () => {
    throw new ArgumentError(
      'A tensor is no list: x.unbind(0) gives its parts, x.max(dim) the values alone, x.argmax(dim) their places.',
    );
  },
  writable: true,
  configurable: true,
});
