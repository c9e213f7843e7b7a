import { Tensor } from '../../autograd/tensor.ts';

/** Longer lists are content, which it takes as long to compare as to send. */
const longest = 256;

/** What is never the same again. */
export const unlike = Symbol('unlike');

/** A copy of numbers, texts and truths, in lists of lists or by name, for `isEqual`; `unlike` for anything else. */
export function copied(x: unknown): unknown {
  if (typeof x === 'function' || typeof x === 'symbol') return unlike;
  if (typeof x !== 'object' || x === null) return x;
  const isList = Array.isArray(x);
  if (isList ? x.length > longest : Object.getPrototypeOf(x) !== Object.prototype) return unlike;
  const copy = Object.entries(x).map(([name, value]): [string, unknown] => [name, copied(value)]);
  if (copy.some(([, value]) => value === unlike)) return unlike;
  return isList ? copy.map(([, value]) => value) : Object.fromEntries(copy);
}

/** Whether something is what was copied, to the sign of a zero. */
export function isEqual(x: unknown, known: unknown): boolean {
  if (x === known) return x !== 0 || 1 / x === 1 / (known as number);
  if (typeof x !== 'object' || typeof known !== 'object' || x === null || known === null) return Object.is(x, known);
  if (Array.isArray(known)) return Array.isArray(x) && areEqual(x, known);
  if (x instanceof Tensor || Array.isArray(x)) return false;
  const names = Object.keys(known);
  if (Object.keys(x).length !== names.length) return false;
  for (const name of names) {
    if (!Object.hasOwn(x, name)) return false;
    if (!isEqual((x as Record<string, unknown>)[name], (known as Record<string, unknown>)[name])) return false;
  }
  return true;
}

function areEqual(x: readonly unknown[], known: readonly unknown[]): boolean {
  if (x.length !== known.length) return false;
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i], known[i]];
    if ((a !== b || a === 0) && !isEqual(a, b)) return false;
  }
  return true;
}
