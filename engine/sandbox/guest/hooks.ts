import { Tensor } from '../../autograd/tensor.ts';
import type { GuestRuntime } from './runtime.ts';

/** What instrumented code calls (see `engine/source`). Values pass through untouched; anything but a tensor is none of its business. */
export interface Hooks {
  value<Value>(site: number, value: Value): Value;
  name<Value>(site: number, value: Value): Value;
  enter(site: number): number;
  exit(token: unknown): void;
  loop(site: number): number;
  next(token: unknown): void;
}

/** How many elements of an array get names of their own. */
const named = 256;

/** The expression that was evaluated last, while nothing else has happened: an error now is not in it. −1 otherwise. */
export const lastValue = { site: -1 };

export function hooksFor(runtime: GuestRuntime, modelSites: number[]): Hooks {
  const handleOf = (value: unknown): number | null => {
    if (!(value instanceof Tensor)) return null;
    const { handle } = value;
    return typeof handle === 'number' && Number.isInteger(handle) ? handle : null;
  };
  return {
    value: (site, value) => {
      const handle = handleOf(value);
      if (handle !== null) runtime.site(handle, site);
      // A call that just declared a model returned it: this is where it stands.
      else if (typeof value === 'function' && modelSites.length < runtime.models.length) modelSites.push(site);
      lastValue.site = site;
      return value;
    },
    name: (site, value) => {
      lastValue.site = -1;
      const handle = handleOf(value);
      if (handle !== null) runtime.bind(handle, site, -1);
      else if (Array.isArray(value)) {
        for (let i = 0; i < value.length && i < named; i++) {
          const element = handleOf(value[i]);
          if (element !== null) runtime.bind(element, site, i);
        }
      }
      return value;
    },
    enter: (site) => {
      lastValue.site = -1;
      return runtime.enterFunction(site);
    },
    exit: (token) => runtime.leaveScope(token),
    loop: (site) => runtime.enterLoop(site),
    next: (token) => {
      lastValue.site = -1;
      runtime.iterate(token);
    },
  };
}
