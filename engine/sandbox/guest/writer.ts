import type { TensorLike } from '../../autograd/create.ts';
import { recording } from '../../autograd/grad-mode.ts';
import type { Binary, Unary } from '../../autograd/shortcuts.ts';
import { Tensor } from '../../autograd/tensor.ts';
import type { Described } from '../../tensor/runtime.ts';
import { type packed, packedTensors, record } from '../stream.ts';

/**
 * The page that the guest writes to, and what is written most. QuickJS interprets: a call costs as much as ten steps of
 * anything else, an object as much as four calls, and a number written as much as one. So the state is in variables of this
 * module, what runs for every op and every line is not taken apart into functions, and an op is one number.
 */
const page = new Float64Array(4096);
/** Where a page is full: any record of fixed length still fits behind it. */
const full = 4080;
/** So many places go to the host at once: if a small model has to be killed, its last place is known. */
const eager = 150;
/** Beyond this a page may come to hold tensors that are no longer packed into one number with their op. */
const roomUpTo = packedTensors - page.length;
const { prototype } = Tensor;

// What is read for every op and every line stands in the code as a number, and not in an object of another module.
const operandAt: typeof packed.operand = 32;
const tensorAt: typeof packed.tensor = 8192;
const secondTensorAt: typeof packed.secondTensor = 8589934592;
const siteOfLatest: typeof record.siteOfLatest = 19;
const iteration: typeof record.iterate = 10;

let send: (stream: ArrayBuffer, count: number) => void;
let used = 0;
/** Beyond this there is something to be done: after an op, and after a place. */
let opsUpTo = full;
let placesUpTo = -1;
let places = 0;
let depth = 0;
/** The number of the next tensor. */
export let count = 0;
/** The tensor with the highest number, where it was made here. */
let latest: Tensor | null = null;
/** Whether each op goes to the host at once. */
let flushing = false;
/** Told of every tensor that is made here, while somebody wants to know. */
let told: ((tensor: Tensor) => void) | null = null;
let toldOfScopes: ((at: number) => void) | null = null;
/** Places, names and scopes are not written down: nobody will look at what is made now. */
let muted = false;
/** Some of the latest tensors are made as in the step before, and the host is not told yet. */
let repeats = false;
/** The number of the first tensor of the step that is followed. */
let first = 0;
/** The expression that was evaluated last, while nothing else has happened: an error now is not in it. −1 otherwise. */
let lastSite = -1;
/** What functions remember of the kinds they met is of no use once tensors have numbers that are too large. */
const forget: (() => void)[] = [];
let remembers = false;

export const lastValue = (): number => lastSite;
export const tensorsMade = (): number => count;
export const nextDepth = (): number => depth++;
/** In how many scopes the program is. */
export const depthNow = (): number => depth;
export const isMuted = (): boolean => muted;

export function nextTensor(): number {
  latest = null;
  if (count === roomUpTo) forgetKinds();
  return count++;
}

/** Told of functions that begin while nothing is written down. */
export function tellOfScopes(listener: (at: number) => void): void {
  toldOfScopes = listener;
}

/** What comes next is the step of a training; see `routine.ts`. */
export function stepBegins(): void {
  first = count;
  forgetKinds();
}

/** All tensors below this number are made, as they were in the step before. */
export function repeatTo(number: number): void {
  count = number;
  latest = null;
  repeats = true;
}

/** Whether nothing else is to be told than that tensors are made as in the step before; it counts as told then. */
export function isOnlyRepeated(): boolean {
  if (used > 0 || !repeats) return false;
  repeats = false;
  return true;
}

function tellRepeats(): void {
  repeats = false;
  page[used++] = record.repeat + (count - first) * operandAt;
}

export function mute(on: boolean): void {
  muted = on;
  lastSite = -1;
  setThresholds();
}

export function tellOf(listener: ((tensor: Tensor) => void) | null): void {
  told = listener;
  setThresholds();
}

/** Found out at once, an error is thrown where the op stands. */
export function flushEveryOp(on: boolean): void {
  flushing = on;
  setThresholds();
}

/** What hardly ever is so costs nothing while it is not: a page that is said to be full at once leads to it. */
function setThresholds(): void {
  opsUpTo = flushing || told !== null ? -1 : full;
  placesUpTo = muted || places < eager ? -1 : full;
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
  if (count > roomUpTo) forgetKinds();
  if (repeats) tellRepeats();
  if (used === 0) return;
  const length = used;
  used = 0;
  send(page.buffer.slice(0, length * Float64Array.BYTES_PER_ELEMENT), length);
}

function forgetKinds(): void {
  if (!remembers) return;
  for (const each of forget) each();
  remembers = false;
}

/** Any record. */
export function write(code: number, operand: number, ...rest: readonly number[]): void {
  if (repeats) tellRepeats();
  if (used + rest.length >= page.length) flush();
  if (rest.length >= page.length) {
    // Longer than a page, it goes by itself.
    send(Float64Array.of(code + operand * operandAt, ...rest).buffer, rest.length + 1);
    return;
  }
  page[used++] = code + operand * operandAt;
  for (const number of rest) page[used++] = number;
}

/** To be called after the record of an op, and after that of a place. */
export function opWritten(): void {
  if (flushing || used > full) flush();
}
export function placeWritten(): void {
  if (used <= placesUpTo) return;
  flush();
  if (++places === eager) setThresholds();
}

/** What the memory of a function finds nothing for. */
const nothing = {} as Described;

/** One op after another is of the same kind: what that made is remembered, and asked of `find` for others. */
export function unaryWriter(op: number, find: (x: TensorLike) => Described | null, whole: Unary): Unary {
  const head = record.applyOne + op * operandAt;
  let [kind, made] = [nothing, nothing];
  forget.push(() => (kind = nothing));
  return (x) => {
    if ((x as Tensor | null)?.what !== kind || !recording) {
      const found = count > roomUpTo ? null : find(x);
      if (found === null) return whole(x);
      kind = (x as Tensor).what;
      made = found;
      remembers = true;
    }
    page[used++] = head + ((x as Tensor).handle as number) * tensorAt;
    const tensor = { __proto__: prototype, handle: count++, what: made } as unknown as Tensor;
    latest = tensor;
    if (used > opsUpTo) opMade(tensor);
    return tensor;
  };
}

/** The same for two. */
export function binaryWriter(
  op: number,
  find: (a: TensorLike, b: TensorLike) => Described | null,
  whole: Binary,
): Binary {
  const head = record.applyTwo + op * operandAt;
  let [first, second, made] = [nothing, nothing, nothing];
  forget.push(() => (first = nothing));
  return (a, b) => {
    if ((a as Tensor | null)?.what !== first || (b as Tensor | null)?.what !== second || !recording) {
      const found = count > roomUpTo ? null : find(a, b);
      if (found === null) return whole(a, b);
      first = (a as Tensor).what;
      second = (b as Tensor).what;
      made = found;
      remembers = true;
    }
    page[used++] =
      head + ((a as Tensor).handle as number) * tensorAt + ((b as Tensor).handle as number) * secondTensorAt;
    const tensor = { __proto__: prototype, handle: count++, what: made } as unknown as Tensor;
    latest = tensor;
    if (used > opsUpTo) opMade(tensor);
    return tensor;
  };
}

function opMade(tensor: Tensor): void {
  opWritten();
  if (told !== null) told(tensor);
}

/** Whether the tensor of this number is the latest, so that its place can be told in one number. */
const isLatest = (handle: number): boolean => handle === count - 1;

/** The expression at `site` gave this tensor. */
export function site(handle: number, at: number): void {
  if (muted) return;
  if (isLatest(handle)) write(record.siteOfLatest, at);
  else write(record.site, handle, at);
  placeWritten();
}

/** The name at `site` holds this tensor, or an array that has it at `index`. */
export function bind(handle: number, at: number, index: number): void {
  if (muted) return;
  if (index < 0 && isLatest(handle)) write(record.bindLatest, at);
  else write(record.bind, handle, at, index);
}

/** What instrumented code calls with every value. `other` is told of those that are not the latest tensor. */
export const valueWriter =
  (other: (at: number, given: unknown) => void) =>
  <Value>(at: number, given: Value): Value => {
    if (given === latest) {
      page[used++] = siteOfLatest + at * operandAt;
      if (used > placesUpTo) latestPlaced();
    } else other(at, given);
    lastSite = at;
    return given;
  };

/** The same with every value that gets a name, as a record that takes the name's site. */
export const nameWriter =
  (code: number, other: (at: number, given: unknown) => void) =>
  <Value>(at: number, given: Value): Value => {
    lastSite = -1;
    if (given === latest) {
      page[used++] = code + at * operandAt;
      if (used > placesUpTo) latestPlaced();
    } else other(at, given);
    return given;
  };

function latestPlaced(): void {
  if (muted) used--;
  else placeWritten();
}

/** What scopes are left with that were not written down. */
export const unwritten = -2;

/** A function or a loop begins. Returns what it is left with. */
export function enter(code: number, at: number): number {
  if (muted) {
    if (code === record.enterFunction) toldOfScopes?.(at);
    return unwritten;
  }
  lastSite = -1;
  write(code, 0, at);
  placeWritten();
  return depth++;
}

/** The next iteration of a loop begins. */
export function iterate(token: unknown): void {
  lastSite = -1;
  if (token !== depth - 1) {
    if (typeof token !== 'number' || !(token >= 0 && token < depth)) return;
    depth = token + 1;
  }
  page[used++] = iteration + token * operandAt;
  if (used > full) flush();
}

export function leave(token: unknown): void {
  if (typeof token !== 'number' || !(token >= 0 && token < depth)) return;
  depth = token;
  write(record.leave, token);
}
