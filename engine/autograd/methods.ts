import * as composites from '../ops/composite/index.ts';
import type { TensorLike } from './create.ts';
import * as functions from './functions/index.ts';
import { superfluous } from './misuse.ts';
import { type Pure, arityOf, pureFunction } from './shortcuts.ts';
import { Tensor } from './tensor.ts';

/** Functions that do not start with one tensor, and so are no methods. */
type NoMethod = 'cat' | 'concat' | 'einsum' | 'polygamma' | 'stack' | 'where';

type All = typeof functions & typeof composites;

/** The functions that start with a tensor, as methods of it: `tanh(x)` is `x.tanh()`. */
export type Methods = {
  [Name in Exclude<keyof All, NoMethod>]: All[Name] extends (x: TensorLike, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : never;
};

const noMethod: ReadonlySet<string> = new Set<NoMethod>(['cat', 'concat', 'einsum', 'polygamma', 'stack', 'where']);

type Function = (...all: unknown[]) => unknown;

/** A list of arguments is made only where their number is not known. */
function methodOf(name: string, f: Function): Function {
  switch (arityOf(f)) {
    case 1:
      return function method(this: Tensor, further?: unknown): unknown {
        if (further !== undefined) throw superfluous(name, further);
        return f(this);
      };
    case 2:
      return function method(this: Tensor, other: unknown, further?: unknown): unknown {
        if (further !== undefined) throw superfluous(name, further);
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
  Object.defineProperty(Tensor.prototype, name, {
    value: methodOf(name, f as Function),
    writable: true,
    configurable: true,
  });
}
