import { type Expression, call, minus, number, over, plus, squared } from './expression.ts';

/** How the leaves of a formula are written. */
export interface Notation {
  leaf(leaf: Exclude<Expression, { kind: 'number' | 'call' }>): string;
  number(value: number): string;
  /** `⊙` between tensors, `·` between numbers. */
  readonly times: '·' | ' ⊙ ';
  /** Which leaves are single numbers, also among tensors: those scale, and are written with a dot. None where it is left out. */
  readonly isScalar?: (leaf: Exclude<Expression, { kind: 'number' | 'call' }>) => boolean;
}

/** A total (Σ) reaches over the products behind it, and ends where a sum goes on. */
const binding = { sum: 1, total: 1.5, product: 2, sign: 2, power: 3, atom: 4 } as const;

interface Printed {
  readonly text: string;
  /** How tightly it holds together; decides about parentheses. */
  readonly level: number;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (digits: string): string =>
  Array.from(digits)
    .map((digit) => (digit === '-' ? '⁻' : superscripts[Number(digit)]!))
    .join('');
const names: Readonly<Record<string, string>> = {
  sigmoid: 'σ',
  log: 'ln',
  log2: 'log₂',
  log10: 'log₁₀',
  maximum: 'max',
  minimum: 'min',
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  asinh: 'arsinh',
  acosh: 'arcosh',
  atanh: 'artanh',
  productOfOthers: 'Π_others',
};
/** Functions of rules that arrange elements, by what a reader knows; their other arguments are the shapes to come back to. */
const arranging: Readonly<Record<string, string>> = {
  embedLike: 'embed',
  sliceBack: 'slice',
  partOf: 'part',
  permuteBack: 'permute⁻¹',
  rollBack: 'roll⁻¹',
  padBack: 'pad⁻¹',
  trilBack: 'tril',
  triuBack: 'triu',
  diagonalBack: 'diag',
  embedDiagonalBack: 'diag',
  sameTriangle: 'triangle',
  cumsumBack: 'cumsumᵀ',
  avgPool2dBack: 'avgPool2dᵀ',
};
const relations: Readonly<Record<string, string>> = {
  greater: '>',
  greaterEqual: '≥',
  less: '<',
  lessEqual: '≤',
  equal: '=',
  notEqual: '≠',
};
const connectives: Readonly<Record<string, string>> = { logicalAnd: 'and', logicalOr: 'or', logicalXor: 'xor' };

/** Writes a formula in the field's notation, with as few parentheses as keep its meaning. */
export const print = (expression: Expression, notation: Notation): string => write(expression, notation).text;

function write(x: Expression, notation: Notation): Printed {
  if (x.kind === 'number') return signed(notation.number(x.value));
  if (x.kind !== 'call') return signed(notation.leaf(x));
  const [a, b, c] = x.args;
  const part = (y: Expression, level: number): string => {
    const printed = write(y, notation);
    return printed.level < level ? `(${printed.text})` : printed.text;
  };
  const plain = (y: Expression): string => write(y, notation).text;
  switch (x.fn) {
    case 'add':
      return {
        text: `${part(a!, binding.sum)} + ${part(b!, isSum(b!) ? binding.sum : binding.total)}`,
        level: binding.sum,
      };
    case 'sub':
      return { text: `${part(a!, binding.sum)} − ${part(b!, binding.total)}`, level: binding.sum };
    case 'neg':
      return { text: `−${part(a!, binding.product)}`, level: binding.sum };
    case 'mul':
      // Ones beside what they are multiplied with say only how often that is repeated.
      if (isOnes(a!)) return write(b!, notation);
      if (isOnes(b!)) return write(a!, notation);
      return {
        text: `${part(a!, isMatrixProduct(a!) ? binding.power : binding.product)}${between(a!, b!, notation)}${part(b!, isProduct(b!) ? binding.product : binding.power)}`,
        level: binding.product,
      };
    case 'matmul':
      return {
        text: `${part(a!, isMatrixProduct(a!) ? binding.product : binding.power)} · ${part(b!, binding.power)}`,
        level: binding.product,
      };
    case 'div':
      return { text: `${part(a!, binding.product)} / ${part(b!, binding.power)}`, level: binding.product };
    case 'square':
      return { text: `${part(a!, binding.atom)}²`, level: binding.power };
    case 'pow':
      if (b!.kind === 'number' && Number.isInteger(b!.value))
        return { text: `${part(a!, binding.atom)}${raised(String(b!.value))}`, level: binding.power };
      return {
        text: `${part(a!, binding.atom)}^${isNumber(b!, 0.5) ? '(1/2)' : part(b!, binding.atom)}`,
        level: binding.power,
      };
    case 'exp2':
      return { text: `2^${part(a!, binding.atom)}`, level: binding.power };
    case 'expm1':
      return write(minus(call('exp', a!), number(1)), notation);
    case 'log1p':
      return write(call('log', plus(number(1), a!)), notation);
    case 'reciprocal':
      return write(over(number(1), a!), notation);
    case 'rsqrt':
      return write(over(number(1), call('sqrt', a!)), notation);
    case 'hypot':
      return write(call('sqrt', plus(squared(a!), squared(b!))), notation);
    case 'mT':
    case 'transposeBack':
      return { text: `${part(a!, binding.atom)}ᵀ`, level: binding.power };
    case 'sqrt':
      return { text: `√${part(a!, binding.atom)}`, level: binding.power };
    case 'abs':
      return { text: `|${plain(a!)}|`, level: binding.atom };
    case 'floor':
      return { text: `⌊${plain(a!)}⌋`, level: binding.atom };
    case 'ceil':
      return { text: `⌈${plain(a!)}⌉`, level: binding.atom };
    case 'step':
      return { text: `[${plain(a!)} > 0]`, level: binding.atom };
    case 'where':
      return { text: `(${plain(a!)} ? ${plain(b!)} : ${plain(c!)})`, level: binding.atom };
    case 'sum':
    case 'sumLike':
      return { text: `Σ ${part(a!, binding.product)}`, level: binding.total };
    // What has the value of its argument, element by element, is not written.
    case 'expand':
    case 'expandLike':
    case 'perMatrix':
    case 'reshape':
    case 'reshapeLike':
    case 'detach':
    case 'nonzero':
      return write(a!, notation);
    case 'quotientOrZero':
      return write(over(a!, b!), notation);
    case 'deviation':
      return write(minus(a!, call('mean', a!)), notation);
    case 'timesIdentity':
      return { text: `${part(a!, binding.product)}·I`, level: binding.product };
    case 'innerPerMatrix':
      return { text: `⟨${plain(a!)}, ${plain(b!)}⟩`, level: binding.atom };
    case 'remainder':
      return { text: `${part(a!, binding.power)} mod ${part(b!, binding.power)}`, level: binding.product };
    case 'onehot':
      return { text: 'onehot(target)', level: binding.atom };
    case 'kept':
      return { text: '[kept]', level: binding.atom };
    default:
      if (isTruth(x)) return { text: `[${statement(x, plain)}]`, level: binding.atom };
      if (Object.hasOwn(arranging, x.fn)) return { text: `${arranging[x.fn]!}(${plain(a!)})`, level: binding.atom };
      return { text: `${names[x.fn] ?? x.fn}(${x.args.map(plain).join(', ')})`, level: binding.atom };
  }
}

const isTruth = (x: Expression): boolean =>
  x.kind === 'call' && (x.fn in relations || x.fn in connectives || x.fn === 'logicalNot');

/** What stands in the brackets that make a number, 0 or 1, of a statement. */
function statement(x: Expression, plain: (x: Expression) => string, inner = false): string {
  if (x.kind !== 'call' || !isTruth(x)) return plain(x);
  const [a, b] = x.args;
  if (x.fn in relations) return `${plain(a!)} ${relations[x.fn]!} ${plain(b!)}`;
  const text =
    x.fn === 'logicalNot'
      ? `not ${statement(a!, plain, true)}`
      : `${statement(a!, plain, true)} ${connectives[x.fn]!} ${statement(b!, plain, true)}`;
  return inner ? `(${text})` : text;
}

const isNumber = (x: Expression, value: number): boolean => x.kind === 'number' && x.value === value;
const isOnes = (x: Expression): boolean => x.kind === 'call' && x.fn === 'expandLike' && isNumber(x.args[0]!, 1);
const isSum = (x: Expression): boolean => x.kind === 'call' && (x.fn === 'add' || x.fn === 'sub');
/** Beside products of elements it stands in parentheses: `·` and `⊙` do not go together without. */
const isMatrixProduct = (x: Expression): boolean => x.kind === 'call' && x.fn === 'matmul';
const isProduct = (x: Expression): boolean => x.kind === 'call' && (x.fn === 'mul' || x.fn === 'matmul');

/** What scales is multiplied with a dot, as everything is in formulas of single numbers. */
const between = (a: Expression, b: Expression, { times, isScalar }: Notation): string =>
  scales(a, isScalar) || scales(b, isScalar) ? '·' : times;

function scales(x: Expression, isScalar: Notation['isScalar']): boolean {
  if (x.kind === 'number') return true;
  if (x.kind !== 'call') return isScalar?.(x) ?? false;
  // Repeated, a number is still one number.
  if (x.fn === 'expandLike') return scales(x.args[0]!, isScalar);
  if (x.fn === 'sum' || x.fn === 'mean') return x.attributes?.dim === null;
  return keepsShape.has(x.fn) && x.args.every((argument) => scales(argument, isScalar));
}

/** What is one number where all arguments are. */
const keepsShape: ReadonlySet<string> = new Set([
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'square',
  'sqrt',
  'exp',
  'log',
  'pow',
]);

/** A negative number is written like a sum, so that a product or power of it gets parentheses; a² of a name with a raised index, a¹, is (a¹)². */
const signed = (text: string): Printed => ({
  text,
  level: text.startsWith('−') ? binding.sum : /[/ ¹²³⁰⁴-⁹]/.test(text) ? binding.power : binding.atom,
});
