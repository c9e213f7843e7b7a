import type { Expression } from './expression.ts';
import { libraryCall } from './typescript-calls.ts';
import { helpers } from './typescript-helpers.ts';
import { numberText } from './typescript-settings.ts';

/** How the leaves of a formula are called in a program, and what they hold. */
export interface ProgramNotation {
  /** An identifier. */
  leaf(leaf: Leaf): string;
  /** Of whole numbers and truths, plain numbers take no dtype. */
  isFloat(leaf: Leaf): boolean;
  /** What plain numbers are rounded to. */
  readonly dtype: 'float32' | 'float64';
}
type Leaf = Exclude<Expression, { kind: 'number' | 'call' }>;

/** Writes formulas as calls of the library, `w.mul(x).add(b)`, which have their values and their shapes. */
export class ProgramWriter {
  readonly #imports = new Set<string>();
  readonly #helpers = new Set<string>();

  constructor(readonly notation: ProgramNotation) {}

  /** What was used of the library so far. */
  get imports(): readonly string[] {
    return [...this.#imports].sort((a, b) => a.localeCompare(b));
  }

  /** The functions that have to be written out for what was used so far. */
  get helpers(): readonly string[] {
    return [...this.#helpers].sort((a, b) => a.localeCompare(b)).map((op) => helpers[op]!.text);
  }

  /** As `write`, and a tensor where the formula is a plain number. */
  tensor(x: Expression): string {
    if (x.kind !== 'number') return this.write(x);
    const { dtype } = this.notation;
    return this.#function('tensor', [numberText(x.value), ...(dtype === 'float64' ? ["{ dtype: 'float64' }"] : [])]);
  }

  write(x: Expression): string {
    if (x.kind === 'number') return numberText(x.value);
    if (x.kind !== 'call') return this.notation.leaf(x);
    const { fn, parts } = libraryCall(x.fn, receiverFirst(x.fn, x.args), x.attributes ?? {});
    const texts = this.#parts(fn, parts);
    const [first, ...rest] = texts;
    if (helpers[x.fn]?.name === fn) {
      this.#need(x.fn);
      return `${fn}(${texts.join(', ')})`;
    }
    if (fn === 'cat') return this.#function(fn, [`[${texts.join(', ')}]`, numberText(Number(x.attributes?.dim ?? 0))]);
    const isMethod = !functionsAlone.has(fn) && !/^(-?[\d.]|-?Infinity$|NaN$)/.test(first!);
    return isMethod ? `${first!}.${fn}(${rest.join(', ')})` : this.#function(fn, texts);
  }

  #function(fn: string, texts: readonly string[]): string {
    this.#imports.add(fn);
    return `${fn}(${texts.join(', ')})`;
  }

  #need(op: string): void {
    const { imports, needs = [] } = helpers[op]!;
    this.#helpers.add(op);
    for (const name of imports) this.#imports.add(name);
    for (const other of needs) this.#need(other);
  }

  /** A plain number takes the dtype of the float that it meets; where numbers meet none, the first is told its own. */
  #parts(fn: string, parts: readonly (Expression | string)[]): string[] {
    const values = parts.flatMap((part, i) => (typeof part === 'string' || (fn === 'where' && i === 0) ? [] : [part]));
    const meetsFloat = values.some((value) => value.kind !== 'number' && this.#isFloat(value));
    const alone = meetsFloat || this.notation.dtype === 'float32' ? null : values.find(({ kind }) => kind === 'number');
    return parts.map((part) => {
      if (typeof part === 'string') return part;
      const text = this.write(part);
      return part === alone ? this.#function('tensor', [text, "{ dtype: 'float64' }"]) : text;
    });
  }

  #isFloat(x: Expression): boolean {
    if (x.kind === 'number') return true;
    if (x.kind !== 'call') return this.notation.isFloat(x);
    return !unreal.has(x.fn) && x.args.some((argument) => this.#isFloat(argument));
  }
}

/** Functions that do not begin with the tensor whose method they would be. */
const functionsAlone: ReadonlySet<string> = new Set(['polygamma', 'where']);

/** A sum or product with a number is a method of what is no number. */
function receiverFirst(fn: string, args: readonly Expression[]): readonly Expression[] {
  const [a, b] = args;
  return (fn === 'add' || fn === 'mul') && a!.kind === 'number' ? [b!, a!] : args;
}

/** Ops whose results are truths or places. */
const unreal: ReadonlySet<string> = new Set([
  ...['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual', 'isNaN', 'isFinite', 'isInf', 'all', 'any'],
  ...['logicalAnd', 'logicalOr', 'logicalXor', 'logicalNot', 'argmax', 'argmin', 'argsort'],
]);
