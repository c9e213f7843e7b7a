import { runtime } from '../tensor/current-runtime.ts';
import { ArgumentError, ExpectationError, describeValue } from '../tensor/errors.ts';
import { type Expectation, isMet } from '../tensor/expectation.ts';
import { Tensor } from './tensor.ts';

/** An expectation, and where it was written down. */
interface Noted extends Expectation {
  readonly tensor: WeakRef<Tensor>;
  readonly place: Error;
  /** Whether there was a gradient to compare it with so far. */
  answered: boolean;
}

/** Of the program: they hold in every step. */
let standing: Noted[] = [];
/** Of the forward pass that ran last. */
let passing: Noted[] = [];
let isForward = false;

/** What a gradient is expected to be: see `expectGradient`. Each method adds a condition, and returns the same expectation. */
export class GradientExpectation {
  readonly #tensor: Tensor;
  constructor(tensor: Tensor) {
    this.#tensor = tensor;
  }

  /** ‖∂L/∂tensor‖ from `low` to `high`, both included. */
  toBeBetween(low: number, high: number): this {
    const [least, most] = [bound('toBeBetween', low), bound('toBeBetween', high)];
    if (least > most)
      throw new ArgumentError(`toBeBetween: the first bound is the lower one; ${low} is above ${high}.`);
    return this.#note('between', least, most);
  }

  /** ‖∂L/∂tensor‖ above a bound. */
  toBeAbove(low: number): this {
    return this.#note('above', bound('toBeAbove', low), Infinity);
  }

  /** ‖∂L/∂tensor‖ below a bound. */
  toBeBelow(high: number): this {
    return this.#note('below', 0, bound('toBeBelow', high));
  }

  /** No element of ∂L/∂tensor is NaN or ±∞. */
  toBeFinite(): this {
    return this.#note('finite', 0, Infinity);
  }

  /** Some element of ∂L/∂tensor is not 0. */
  toBeNonzero(): this {
    return this.#note('nonzero', 0, Infinity);
  }

  #note(kind: Expectation['kind'], low: number, high: number): this {
    const tensor = this.#tensor;
    // The sandbox sees to its own: it tells all that failed at their places, and the run goes on.
    if (runtime().expectGradient(tensor.handle, { kind, low, high })) return this;
    const noted: Noted = { kind, low, high, tensor: new WeakRef(tensor), place: new Error(), answered: false };
    if (isForward) passing.push(noted);
    else {
      standing = standing.filter((one) => one.tensor.deref() !== undefined && !isSame(one, noted));
      standing.push(noted);
    }
    return this;
  }
}

/**
 * Says what the gradient of the loss with respect to a tensor has to be: `expectGradient(W1).toBeBetween(1e-4, 10)`. What is
 * measured is the Euclidean norm ‖∂L/∂tensor‖ = √Σ(∂L/∂tensorᵢ)². A gradient that does not exist, or has elements that are NaN
 * or infinite, meets no expectation.
 *
 * Beside a model it holds for every pass that has this gradient, of which there has to be one; in a model's function for the
 * pass under way. The editor and `retrograd check` tell those that fail at their lines. In plain Node `step()` and `train()`
 * throw for them, after the backward pass and before the update; after a `backward()` of one's own, `checkExpectations()` does.
 * @throws ArgumentError for what is no tensor, and for a bound that is no number from 0.
 */
export function expectGradient(tensor: Tensor): GradientExpectation {
  if (tensor instanceof Tensor) return new GradientExpectation(tensor);
  throw new ArgumentError(`expectGradient: takes a tensor, not ${describeValue(tensor)}.`);
}

/**
 * Compares the gradients as they are now with all that was expected of them so far. Nothing happens in the sandbox, which does
 * so after every pass.
 * @throws ExpectationError with what failed, and the line of each.
 */
export const checkExpectations = (): void => compare((noted) => passing.includes(noted) || !noted.answered);

/** The same after a step of a model: what is expected of other models' gradients is left alone. */
export const checkStep = (): void => compare((noted) => passing.includes(noted));

function compare(hasToExist: (noted: Noted) => boolean): void {
  const failed = [...standing, ...passing].flatMap((noted) => {
    const tensor = noted.tensor.deref();
    if (!tensor || (!tensor.grad && !hasToExist(noted))) return [];
    if (tensor.grad) noted.answered = true;
    const norm = normOf(tensor);
    return isMet(noted, norm) ? [] : [`${told(noted, tensor, norm)}${lineOf(noted.place)}`];
  });
  if (failed.length > 0) throw new ExpectationError(failed.join('\n'));
}

/** Runs a forward pass: what is expected during it holds for its gradients only. */
export function expecting<Result>(forward: () => Result): Result {
  const outer = isForward;
  if (!outer) passing = [];
  isForward = true;
  try {
    return forward();
  } finally {
    isForward = outer;
  }
}

function normOf({ grad }: Tensor): number | null {
  if (!grad) return null;
  let squares = 0;
  for (const x of grad.data) squares += x * x;
  return Number.isFinite(squares) ? Math.sqrt(squares) : null;
}

function told(noted: Expectation, tensor: Tensor, norm: number | null): string {
  const found =
    norm === null ? (tensor.grad ? 'it has elements that are NaN or infinite' : 'there is none') : `it is ${norm}`;
  return `expectGradient: the gradient's norm was to be ${wanted(noted)}; ${found}.`;
}

function wanted({ kind, low, high }: Expectation): string {
  switch (kind) {
    case 'between':
      return `between ${low} and ${high}`;
    case 'above':
      return `above ${low}`;
    case 'below':
      return `below ${high}`;
    case 'finite':
    case 'nonzero':
      return kind;
  }
}

/** ` (model.ts:12:3)`: the first line of a stack that is not this library's. Empty where an engine writes stacks otherwise. */
function lineOf({ stack = '' }: Error): string {
  const [own, ...callers] = stack.split('\n').filter((line) => /:\d+:\d+\)?$/.test(line));
  const fileOf = (line: string | undefined): string => /([^()\s]+):\d+:\d+\)?$/.exec(line ?? '')?.[1] ?? '';
  const caller = callers.find((line) => fileOf(line) !== fileOf(own));
  const place = /([^()\s/\\]+:\d+:\d+)\)?$/.exec(caller ?? '')?.[1];
  return place === undefined ? '' : ` (${place})`;
}

const isSame = (a: Noted, b: Noted): boolean =>
  a.kind === b.kind && a.low === b.low && a.high === b.high && a.tensor.deref() === b.tensor.deref();

function bound(name: string, given: unknown): number {
  if (typeof given === 'number' && given >= 0) return given;
  throw new ArgumentError(`${name}: a bound of a norm is a number from 0, not ${describeValue(given)}.`);
}
