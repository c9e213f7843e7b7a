import type { TensorLike } from '../../autograd/create.ts';
import { recording } from '../../autograd/grad-mode.ts';
import { Tensor } from '../../autograd/tensor.ts';
import { type DType, standardDtype } from '../../tensor/dtype.ts';
import { type Kind, kindOf } from './kinds.ts';
import { copied, isEqual, unlike } from './plain-values.ts';
import { count, isMuted, repeatTo, stepBegins } from './writer.ts';

/**
 * What the steps of a training have in common. A model does the same at every step, to other numbers: its code runs anew each
 * time, and its calls of the library are compared with those of the step before. A call that is the same, by its function, its
 * arguments and its place among the tensors of the step, is not run: the host makes what it made once more (`Routine` there).
 * Whatever differs is done in full, and so is all that asks for numbers, draws some or changes a leaf.
 */
interface Call {
  readonly function: number;
  /** Tensors of the step that were there before it. */
  readonly before: number;
  readonly recording: boolean;
  readonly dtype: DType;
  /** Null where the function has to be run each time; the calls that it makes come next. */
  readonly given: Given | null;
  /** Tensors of the step that are there after it, and the result's place among them. */
  readonly after: number;
  readonly result: number;
  /** Null for a leaf, of which more than its number is known where it is made. */
  readonly kind: Kind | null;
}

/** Arguments, side by side: tensors by their numbers or, below 0, their places among those of the step; what has no kind is a value. */
interface Given {
  readonly tensors: readonly number[];
  readonly kinds: readonly (Kind | null)[];
  readonly values: readonly unknown[];
}

/** So many steps in a row may bring something new; then it is not worth while to look. */
const patience = 8;

/** By the number of rows that a step begins with: the last of an epoch has fewer. 0: with none. */
let routines = new Map<number, Call[]>();
let calls: Call[] = [];
let next = 0;
/** The number of the step's first tensor; −1 between steps, and where steps are not followed. */
let base = -1;
let left = patience;
let isNew = false;
let beside = 0;
/** As the step began. */
let besideBefore = 0;
let functions = 0;

/** The user's functions that the step under way, or the last one, has called. */
let entered = new Set<number>();
/** Whether each call in the user's code gave a tensor of the step. */
let gaveTensors = false;

/** A function of the user's begins. */
export function enteredScope(at: number): void {
  if (base >= 0) entered.add(at);
}

/** A call in the user's code gave this tensor; null for anything else. */
export function gaveTensor(handle: number | null): void {
  if (base >= 0 && (handle === null || handle < base)) gaveTensors = false;
}

/**
 * The user's functions that are all of the last step: each call gave a tensor that was made in it, so that it was one of the
 * library or of these. None where there is more to it.
 */
export const scopesOfStep = (): Int32Array => Int32Array.from(gaveTensors ? entered : []);

/** The same, and none where something was new, asked for or changed but by the calls' own tensors. */
export const scopesOfSameStep = (): Int32Array =>
  isNew || beside !== besideBefore ? new Int32Array() : scopesOfStep();

export const nextFunction = (): number => functions++;

/** Whether a step is under way that may be like the one before. To be asked before each function below. */
export const isFollowed = (): boolean => base >= 0;

/** What a call gives is not all in its arguments, or not all it does is in what it gives. */
export function noteBeside(): void {
  beside++;
}

/** Returns the number of its first tensor; −1 where it is not followed. */
export function beginStep(): number {
  gaveTensors = false;
  if (!isMuted() || left === 0) return -1;
  stepBegins();
  base = count;
  next = 0;
  chooseRoutine(0);
  isNew = false;
  entered = new Set();
  gaveTensors = true;
  besideBefore = beside;
  return base;
}

/** A step begins with so many rows. The host does the same. */
export function chooseRoutine(rows: number): void {
  if (base < 0 || count !== base) return;
  // To ask for rows is no more than to be given them.
  besideBefore = beside;
  calls = routines.get(rows) ?? [];
  routines.set(rows, calls);
}

export function endStep(): void {
  if (base < 0) return;
  base = -1;
  left = isNew || next < calls.length ? left - 1 : patience;
  calls.length = next;
  if (left === 0) forgetSteps();
}

/** Nothing is known of steps any more, neither of those before nor of the one under way. */
export function forgetSteps(): void {
  routines = new Map();
  calls = [];
  next = 0;
  base = -1;
}

/** Whether a tensor is of the step that is followed. */
export const isOfStep = (handle: number): boolean => base >= 0 && handle >= base;

/** What the call gave in the step before, where it is the same; what it made is there then. Here every call counts. */
export function given(f: number, x: TensorLike, y?: TensorLike): Tensor | null {
  const call = calls[next];
  if (call === undefined || call.function !== f || call.given === null || call.before !== count - base) return null;
  if (call.recording !== recording || call.dtype !== standardDtype) return null;
  const { tensors, kinds, values } = call.given;
  const first = kinds[0]!;
  if (first === null) {
    if (!isEqual(x, values[0])) return null;
  } else {
    if ((x as Tensor | null)?.what !== first && kindOf(x) !== first) return null;
    const handle = (x as Tensor).handle as number;
    if ((handle < base ? handle : base - 1 - handle) !== tensors[0]) return null;
  }
  if (tensors.length > 1) {
    const second = kinds[1]!;
    if (second === null) {
      if (!isEqual(y, values[1])) return null;
    } else {
      if ((y as Tensor | null)?.what !== second && kindOf(y!) !== second) return null;
      const handle = (y as Tensor).handle as number;
      if ((handle < base ? handle : base - 1 - handle) !== tensors[1]) return null;
    }
  }
  next++;
  repeatTo(base + call.after);
  return new Tensor(base + call.result, call.kind!);
}

/** The same for any number of arguments. */
export function givenFor(f: number, all: readonly unknown[]): Tensor | null {
  const call = sameCall(f, all);
  return call && new Tensor(base + call.result, call.kind!);
}

/** Runs a call in full, and remembers it where what it does is all in its arguments and its result. */
export const inFull = (f: number, all: readonly unknown[], whole: () => Tensor): Tensor =>
  full(f, all, whole, (result) => kindOf(result) && { handle: result.handle as number, kind: kindOf(result) });

const leaves = nextFunction();

/** The number of a leaf that is made of plain values. */
export function leafOf(all: readonly unknown[], whole: () => number): number {
  const call = sameCall(leaves, all);
  return call ? base + call.result : full(leaves, all, whole, (handle) => ({ handle, kind: null }));
}

function sameCall(f: number, all: readonly unknown[]): Call | null {
  const call = calls[next];
  if (call === undefined || call.function !== f || call.given === null || call.before !== count - base) return null;
  if (call.recording !== recording || call.dtype !== standardDtype) return null;
  const { tensors, kinds, values } = call.given;
  if (tensors.length !== all.length) return null;
  for (let i = 0; i < tensors.length; i++) {
    const kind = kinds[i]!;
    if (kind === null) {
      if (!isEqual(all[i], values[i])) return null;
    } else {
      const x = all[i] as Tensor | null;
      if (x?.what !== kind && kindOf(x!) !== kind) return null;
      const handle = x!.handle as number;
      if ((handle < base ? handle : base - 1 - handle) !== tensors[i]) return null;
    }
  }
  next++;
  repeatTo(base + call.after);
  return call;
}

function full<Result>(
  f: number,
  all: readonly unknown[],
  whole: () => Result,
  told: (result: Result) => { readonly handle: number; readonly kind: Kind | null } | null,
): Result {
  const expected = calls[next];
  if (expected?.function === f && expected.given === null) {
    next++;
    return whole();
  }
  const at = next;
  const open: Call = {
    function: f,
    before: count - base,
    recording,
    dtype: standardDtype,
    given: null,
    after: 0,
    result: 0,
    kind: null,
  };
  calls.length = at;
  calls.push(open);
  next++;
  isNew = true;
  const [asked, args] = [beside, remembered(all)];
  const result = whole();
  if (base < 0) return result;
  const made = told(result);
  if (asked === beside && made && made.handle - base >= open.before && args) {
    calls.length = at;
    calls.push({ ...open, given: args, after: count - base, result: made.handle - base, kind: made.kind });
  }
  next = calls.length;
  return result;
}

/** Null where they cannot be compared with others. */
function remembered(all: readonly unknown[]): Given | null {
  const kinds = all.map((x) => kindOf(x as TensorLike));
  const values = all.map((x) => (x instanceof Tensor ? null : copied(x)));
  if (values.includes(unlike) || all.some((x, i) => x instanceof Tensor && kinds[i] === null)) return null;
  const tensors = all.map((x) => (x instanceof Tensor ? reference(x.handle as number) : 0));
  return { tensors, kinds, values };
}

const reference = (handle: number): number => (handle < base ? handle : base - 1 - handle);
