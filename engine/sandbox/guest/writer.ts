import type { TensorLike } from '../../autograd/create.ts';
import { recording } from '../../autograd/grad-mode.ts';
import type { Binary, Unary } from '../../autograd/shortcuts.ts';
import { Tensor } from '../../autograd/tensor.ts';
import type { Described } from '../../tensor/runtime.ts';
import { codeBits, operandLimit, record } from '../stream.ts';

/**
 * The page that the guest writes to, and what is written most. QuickJS interprets: a call costs as much as ten steps of
 * anything else and an object as much as four calls. So the state is in variables of this module, and what runs for every op
 * and every line is not taken apart into functions.
 */
const page = new Int32Array(8192);
/** Where a page is full: any record of fixed length still fits behind it. */
const full = page.length - 16;
/** So many places go to the host at once: if a small model has to be killed, its last place is known. */
const eager = 150;
const { prototype } = Tensor;

let send: (stream: ArrayBuffer, count: number) => void;
let used = 0;
/** Beyond this the page goes to the host: after an op, and after a place. */
let opsUpTo = full;
let placesUpTo = -1;
let places = 0;
let depth = 0;
/** The number of the next tensor. */
let count = 0;
/** The tensor with the highest number, where it was made here. */
let latest: Tensor | null = null;
/** Told of every tensor that is made here, while somebody wants to know. */
let told: ((tensor: Tensor) => void) | null = null;
/** Places, names and scopes are not written down: nobody will look at what is made now. */
let muted = false;
/** The expression that was evaluated last, while nothing else has happened: an error now is not in it. −1 otherwise. */
let lastSite = -1;

export const lastValue = (): number => lastSite;
export const tensorsMade = (): number => count;
export const nextTensor = (): number => count++;
export const nextDepth = (): number => depth++;
export const isMuted = (): boolean => muted;

export function mute(on: boolean): void {
  muted = on;
  lastSite = -1;
}

export function tellOf(listener: ((tensor: Tensor) => void) | null): void {
  told = listener;
}

/** Everything is told, and no tensor is kept here. */
export function settle(): void {
  flush();
  latest = null;
}

/** The next tensor has this number. */
export function countFrom(number: number): void {
  count = number;
}

export function writeTo(host: (stream: ArrayBuffer, count: number) => void): void {
  send = host;
}

export function flush(): void {
  if (used === 0) return;
  const length = used;
  used = 0;
  send(page.buffer.slice(0, length * Int32Array.BYTES_PER_ELEMENT), length);
}

/** Found out at once, an error is thrown where the op stands. */
export function flushEveryOp(on: boolean): void {
  opsUpTo = on ? -1 : full;
}

/** Any record; its first operand is below `operandLimit`. */
export function write(code: number, first: number, ...rest: readonly number[]): void {
  if (used + rest.length >= page.length) flush();
  if (rest.length >= page.length) {
    // Longer than a page, it goes by itself.
    send(Int32Array.of(code | (first << codeBits), ...rest).buffer, rest.length + 1);
    return;
  }
  page[used++] = code | (first << codeBits);
  for (const number of rest) page[used++] = number;
}

/** To be called after the record of an op, and after that of a place. */
export function opWritten(): void {
  if (used > opsUpTo) flush();
}
export function placeWritten(): void {
  if (used <= placesUpTo) return;
  flush();
  if (++places === eager) placesUpTo = full;
}

/** What the memory of a function finds nothing for. */
const nothing = {} as Described;

/** One op after another is of the same kind: what that made is remembered, and asked of `find` for others. */
export function unaryWriter(op: number, find: (x: TensorLike) => Described | null, whole: Unary): Unary {
  const head = record.applyOne | (op << codeBits);
  let [kind, made] = [nothing, nothing];
  return (x) => {
    if ((x as Tensor | null)?.what !== kind || !recording) {
      const found = find(x);
      if (found === null) return whole(x);
      kind = (x as Tensor).what;
      made = found;
    }
    page[used++] = head;
    page[used++] = (x as Tensor).handle as number;
    if (used > opsUpTo) flush();
    latest = { __proto__: prototype, handle: count++, what: made } as unknown as Tensor;
    if (told !== null) told(latest);
    return latest;
  };
}

/** The same for two. */
export function binaryWriter(
  op: number,
  find: (a: TensorLike, b: TensorLike) => Described | null,
  whole: Binary,
): Binary {
  const head = record.applyTwo | (op << codeBits);
  let [first, second, made] = [nothing, nothing, nothing];
  return (a, b) => {
    if ((a as Tensor | null)?.what !== first || (b as Tensor | null)?.what !== second || !recording) {
      const found = find(a, b);
      if (found === null) return whole(a, b);
      first = (a as Tensor).what;
      second = (b as Tensor).what;
      made = found;
    }
    page[used++] = head;
    page[used++] = (a as Tensor).handle as number;
    page[used++] = (b as Tensor).handle as number;
    if (used > opsUpTo) flush();
    latest = { __proto__: prototype, handle: count++, what: made } as unknown as Tensor;
    if (told !== null) told(latest);
    return latest;
  };
}

/** Whether the tensor of this number is the latest, so that its place can be told in one number. */
const isLatest = (handle: number, site: number): boolean => handle === count - 1 && site < operandLimit;

/** The expression at `site` gave this tensor. */
export function site(handle: number, at: number): void {
  if (muted) return;
  if (isLatest(handle, at)) write(record.siteOfLatest, at);
  else write(record.site, handle, at);
  placeWritten();
}

/** The name at `site` holds this tensor, or an array that has it at `index`. */
export function bind(handle: number, at: number, index: number): void {
  if (muted) return;
  if (index < 0 && isLatest(handle, at)) write(record.bindLatest, at);
  else write(record.bind, handle, at, index);
}

/** What instrumented code calls with every value. `other` is told of those that are not the latest tensor. */
export const valueWriter =
  (other: (at: number, given: unknown) => void) =>
  <Value>(at: number, given: Value): Value => {
    if (muted) return given;
    if (given === latest && at < operandLimit) {
      page[used++] = record.siteOfLatest | (at << codeBits);
      if (used > placesUpTo) placeWritten();
    } else other(at, given);
    lastSite = at;
    return given;
  };

/** The same with every value that gets a name. */
export const nameWriter =
  (other: (at: number, given: unknown) => void) =>
  <Value>(at: number, given: Value): Value => {
    if (muted) return given;
    lastSite = -1;
    if (given === latest && at < operandLimit) {
      page[used++] = record.bindLatest | (at << codeBits);
      if (used > full) flush();
    } else other(at, given);
    return given;
  };

/** What scopes are left with that were not written down. */
export const unwritten = -1;

/** A function or a loop begins. Returns what it is left with. */
export function enter(code: number, at: number): number {
  if (muted) return unwritten;
  lastSite = -1;
  write(code, 0, at);
  placeWritten();
  return depth++;
}

/** The next iteration of a loop begins. */
export function iterate(token: unknown): void {
  lastSite = -1;
  if (typeof token !== 'number' || !(token >= 0 && token < depth)) return;
  depth = token + 1;
  page[used++] = record.iterate | (token << codeBits);
  if (used > full) flush();
}

export function leave(token: unknown): void {
  if (typeof token !== 'number' || !(token >= 0 && token < depth)) return;
  depth = token;
  write(record.leave, token);
}
