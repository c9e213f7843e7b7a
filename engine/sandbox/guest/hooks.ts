import { GradientExpectation } from '../../autograd/expectations.ts';
import { Tensor } from '../../autograd/tensor.ts';
import { Module } from '../../nn/module.ts';
import { holdModule } from '../../nn/module-names.ts';
import { record } from '../stream.ts';
import { gaveTensor } from './routine.ts';
import type { GuestRuntime } from './runtime.ts';
import { bind, depthNow, enter, iterate, leave, nameWriter, site, valueWriter, write } from './writer.ts';

/** What instrumented code calls (see `engine/source`). Values pass through untouched; anything but a tensor is none of its business. */
export interface Hooks {
  value<Value>(site: number, value: Value): Value;
  name<Value>(site: number, value: Value): Value;
  /** Both: the value's site is the one after that of the name. */
  named<Value>(site: number, value: Value): Value;
  enter(site: number): number;
  exit(token: unknown): void;
  loop(site: number): number;
  /** What is taken apart as a list: a tensor is none. */
  list<Value>(value: Value): Value;
  next(token: unknown): void;
}

/** How many elements of an array get names of their own. */
const named = 256;

/** @param nameOf the name at a site */
export function hooksFor(runtime: GuestRuntime, modelSites: number[], nameOf: (at: number) => string): Hooks {
  const handleOf = (value: unknown): number | null => {
    if (!(value instanceof Tensor)) return null;
    const { handle } = value;
    return typeof handle === 'number' && Number.isInteger(handle) ? handle : null;
  };
  const valueAt = (at: number, value: unknown): void => {
    const handle = handleOf(value);
    gaveTensor(handle);
    if (handle !== null) site(handle, at);
    // A call that just declared a model returned it: this is where it stands.
    else if (typeof value === 'function' && modelSites.length < runtime.models.length) modelSites.push(at);
    else if (value instanceof GradientExpectation) write(record.siteOfExpectation, at);
  };
  const nameAt = (at: number, value: unknown): void => {
    const handle = handleOf(value);
    if (handle !== null) bind(handle, at, -1);
    else if (value instanceof Module) holdModule(value, depthNow(), () => nameOf(at));
    else if (Array.isArray(value)) {
      for (let i = 0; i < value.length && i < named; i++) {
        const each: unknown = value[i];
        const element = handleOf(each);
        if (element !== null) bind(element, at, i);
        else if (each instanceof Module) holdModule(each, depthNow(), () => `${nameOf(at)}.${i}`);
      }
    }
  };
  return {
    value: valueWriter(valueAt),
    name: nameWriter(record.bindLatest, nameAt),
    named: nameWriter(record.namedLatest, (at, value) => {
      valueAt(at + 1, value);
      nameAt(at, value);
    }),
    enter: (at) => enter(record.enterFunction, at),
    exit: leave,
    loop: (at) => enter(record.enterLoop, at),
    list: (value) => {
      // Refuses, in the library's words.
      if (value instanceof Tensor) (value as Partial<Iterable<unknown>>)[Symbol.iterator]?.();
      return value;
    },
    next: iterate,
  };
}
