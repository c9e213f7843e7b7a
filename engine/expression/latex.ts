import { t } from '../base/l10n.ts';
import { type Expression, type Setting, call, minus, number, over, plus, squared } from './expression.ts';
import { latexText } from './latex-names.ts';

/** How the leaves of a formula are written in LaTeX. */
export interface LatexNotation {
  leaf(leaf: Leaf): string;
  number(value: number): string;
  /** Whether a leaf is one number; products of two tensors are written with ⊙. */
  isScalar(leaf: Leaf): boolean;
}
type Leaf = Exclude<Expression, { kind: 'number' | 'call' }>;

const binding = { sum: 1, product: 2, power: 3, atom: 4 } as const;

interface Printed {
  readonly text: string;
  /** How tightly it holds together; decides about parentheses. */
  readonly level: number;
}

/** Functions with a command or a letter of their own; all others stand under their names, upright. */
const names: Readonly<Record<string, string>> = {
  sigmoid: '\\sigma',
  exp: '\\exp',
  log: '\\ln',
  log2: '\\log_{2}',
  log10: '\\log_{10}',
  maximum: '\\max',
  minimum: '\\min',
  max: '\\max',
  min: '\\min',
  sin: '\\sin',
  cos: '\\cos',
  tan: '\\tan',
  sinh: '\\sinh',
  cosh: '\\cosh',
  tanh: '\\tanh',
  asin: '\\arcsin',
  acos: '\\arccos',
  atan: '\\arctan',
  asinh: '\\operatorname{arsinh}',
  acosh: '\\operatorname{arcosh}',
  atanh: '\\operatorname{artanh}',
  sign: '\\operatorname{sgn}',
  det: '\\det',
  trace: '\\operatorname{tr}',
};
const relations: Readonly<Record<string, string>> = {
  greater: '>',
  greaterEqual: '\\ge',
  less: '<',
  lessEqual: '\\le',
  equal: '=',
  notEqual: '\\ne',
};
const connectives: Readonly<Record<string, string>> = {
  logicalAnd: '\\land',
  logicalOr: '\\lor',
  logicalXor: '\\oplus',
};
/** Only the shape changes: in mathematics that is no step. */
const shapesOnly: ReadonlySet<string> = new Set(['expandLike', 'reshapeLike', 'expand', 'reshape']);
/** What an op does unless it is told otherwise need not be said. */
const usual: Readonly<Record<string, Setting>> = {
  alpha: 1,
  approximate: 'none',
  beta: 1,
  threshold: 20,
  groups: 1,
  descending: false,
  exclusive: false,
  lag: false,
  reverse: false,
  transpose: false,
  unitriangular: false,
};

/** Writes a formula in LaTeX, with as few parentheses as keep its meaning. */
export const latex = (expression: Expression, notation: LatexNotation): string => write(expression, notation).text;

const power = (text: string): Printed => ({ text, level: binding.power });
const atom = (text: string): Printed => ({ text, level: binding.atom });

function write(x: Expression, notation: LatexNotation): Printed {
  if (x.kind === 'number') return signed(notation.number(x.value));
  if (x.kind !== 'call') {
    const text = notation.leaf(x);
    // A name with a sign above it (a¹₂) and a fraction (∂L/∂w) cannot be raised to a power as they are.
    return /\^|\\frac/.test(text) ? power(text) : atom(text);
  }
  const [a, b, c] = x.args;
  const part = (y: Expression, level: number): string => {
    const printed = write(y, notation);
    return printed.level < level ? round(printed.text) : printed.text;
  };
  const plain = (y: Expression): string => write(y, notation).text;
  const same = (y: Expression): Printed => write(y, notation);
  if (shapesOnly.has(x.fn)) return same(a!);
  if (isTruth(x)) return atom(fence('[', statement(x, plain), ']'));
  switch (x.fn) {
    case 'add':
      return {
        text: `${part(a!, binding.sum)} + ${part(b!, isSum(b!) ? binding.sum : binding.product)}`,
        level: binding.sum,
      };
    case 'sub':
      return { text: `${part(a!, binding.sum)} - ${part(b!, binding.product)}`, level: binding.sum };
    case 'neg':
      return { text: `-${part(a!, binding.product)}`, level: binding.sum };
    case 'mul':
    case 'matmul':
    case 'dot': {
      const kind = productKind(x, notation);
      const side = (y: Expression, level: number): string => {
        const inner = productKind(y, notation);
        // (x ⊙ y) · z is not x ⊙ (y · z); numbers go with either.
        return part(
          y,
          inner !== null && inner !== kind && inner !== 'number' && kind !== 'number' ? binding.power : level,
        );
      };
      const right = x.fn === 'mul' && productKind(b!, notation) !== null ? binding.product : binding.power;
      return {
        text: `${side(a!, binding.product)} ${kind === 'elements' ? '\\odot' : '\\cdot'} ${side(b!, right)}`,
        level: binding.product,
      };
    }
    case 'div':
      return power(`\\frac{${plain(a!)}}{${plain(b!)}}`);
    case 'square':
      return power(`${part(a!, binding.atom)}^{2}`);
    case 'pow':
      return power(`${part(a!, binding.atom)}^{${plain(b!)}}`);
    case 'exp': {
      const exponent = plain(a!);
      return exponent.length > 24 || isTall(exponent)
        ? applied('\\exp', [exponent])
        : power(`\\mathrm{e}^{${exponent}}`);
    }
    case 'exp2':
      return power(`2^{${plain(a!)}}`);
    case 'expm1':
      return same(minus(call('exp', a!), number(1)));
    case 'log1p':
      return same(call('log', plus(number(1), a!)));
    case 'reciprocal':
      return same(over(number(1), a!));
    case 'rsqrt':
      return same(over(number(1), call('sqrt', a!)));
    case 'hypot':
      return same(call('sqrt', plus(squared(a!), squared(b!))));
    case 'sqrt':
      return atom(`\\sqrt{${plain(a!)}}`);
    case 'mT':
    case 'transposeBack':
      return power(`${part(a!, binding.atom)}^{\\top}`);
    case 'transpose':
      return power(`${part(a!, binding.atom)}^{\\top${swapped(x)}}`);
    case 'inverse':
      return power(`${part(a!, binding.atom)}^{-1}`);
    case 'abs':
      return atom(`\\left|${plain(a!)}\\right|`);
    case 'floor':
      return atom(`\\left\\lfloor ${plain(a!)} \\right\\rfloor`);
    case 'ceil':
      return atom(`\\left\\lceil ${plain(a!)} \\right\\rceil`);
    case 'norm':
      return atom(`\\left\\| ${plain(a!)} \\right\\|_{${settingText(x.attributes?.p ?? 2, notation)}}`);
    case 'step':
      return atom(fence('[', `${plain(a!)} > 0`, ']'));
    case 'where':
      return atom(
        `\\begin{cases} ${plain(b!)} & ${isTruth(a!) ? statement(a!, plain) : `${plain(a!)} \\ne 0`} \\\\ ${plain(c!)} & \\text{${t('otherwise')}} \\end{cases}`,
      );
    case 'sum':
    case 'sumLike':
      return { text: `\\sum${dimensions(x)} ${part(a!, binding.product)}`, level: binding.product };
    default:
      return applied(
        (names[x.fn] ?? `\\operatorname{${latexText(x.fn).slice('\\mathrm{'.length, -1)}}`) + dimensions(x),
        x.args.map(plain),
        settings(x, notation),
      );
  }
}

const applied = (name: string, args: readonly string[], told = ''): Printed =>
  atom(name + round(args.join(', ') + told));

/** Parentheses grow only round what is taller than a line: fixed ones read better in the source. */
const round = (inside: string): string => fence('(', inside, ')');
const fence = (open: string, inside: string, close: string): string =>
  isTall(inside) ? `\\left${open}${inside}\\right${close}` : `${open}${inside}${close}`;
const isTall = (text: string): boolean => /\\frac|\\begin|\\sum|\\sqrt|\\left/.test(text);

type Call = Extract<Expression, { kind: 'call' }>;

/** Over which dimensions, where not over all. */
function dimensions({ attributes }: Call): string {
  const dim = attributes?.dim ?? null;
  const list = typeof dim === 'number' ? [dim] : Array.isArray(dim) ? (dim as readonly number[]) : [];
  return list.length === 0 ? '' : `_{\\mathrm{dim}\\,${list.join(',\\,')}}`;
}

/** Which dimensions change places, where they are not the last two. */
function swapped({ attributes }: Call): string {
  const [i, j] = [attributes?.dim0 ?? -2, attributes?.dim1 ?? -1];
  return (i === -2 && j === -1) || (i === -1 && j === -2) ? '' : `(${String(i)},${String(j)})`;
}

/** What an op was told besides, where it says something. */
function settings({ attributes = {} }: Call, notation: LatexNotation): string {
  const told = Object.entries(attributes).filter(
    ([name, value]) =>
      name !== 'dim' && name !== 'keepdim' && name !== 'shape' && usual[name] !== value && value !== null,
  );
  if (told.length === 0) return '';
  return `;\\ ${told.map(([name, value]) => `${latexText(name)} = ${settingText(value, notation)}`).join(',\\ ')}`;
}

function settingText(value: Setting, notation: LatexNotation): string {
  if (typeof value === 'number') return notation.number(value);
  if (typeof value === 'object' && value !== null) return `[${value.map((one) => notation.number(one)).join(', ')}]`;
  return latexText(String(value));
}

const isTruth = (x: Expression): boolean =>
  x.kind === 'call' && (x.fn in relations || x.fn in connectives || x.fn === 'logicalNot');

/** What stands in the brackets that make a number, 0 or 1, of a statement (Iverson's). */
function statement(x: Expression, plain: (x: Expression) => string, inner = false): string {
  if (x.kind !== 'call' || !isTruth(x)) return plain(x);
  const [a, b] = x.args;
  if (x.fn in relations) return `${plain(a!)} ${relations[x.fn]!} ${plain(b!)}`;
  const text =
    x.fn === 'logicalNot'
      ? `\\lnot ${statement(a!, plain, true)}`
      : `${statement(a!, plain, true)} ${connectives[x.fn]!} ${statement(b!, plain, true)}`;
  return inner ? round(text) : text;
}

const isSum = (x: Expression): boolean => x.kind === 'call' && (x.fn === 'add' || x.fn === 'sub');

/** What a product multiplies: matrices, elements one by one, or numbers with anything. Null for what is no product. */
function productKind(x: Expression, notation: LatexNotation): 'matrices' | 'elements' | 'number' | null {
  if (x.kind !== 'call') return null;
  const [a, b] = x.args;
  if (shapesOnly.has(x.fn)) return productKind(a!, notation);
  if (x.fn === 'matmul' || x.fn === 'dot') return 'matrices';
  if (x.fn !== 'mul') return null;
  return isScalar(a!, notation) || isScalar(b!, notation) ? 'number' : 'elements';
}

function isScalar(x: Expression, notation: LatexNotation): boolean {
  if (x.kind === 'number') return true;
  if (x.kind !== 'call') return notation.isScalar(x);
  if (x.fn === 'dot' || x.fn === 'trace' || x.fn === 'count') return true;
  const reduces = x.attributes !== undefined && 'dim' in x.attributes && 'keepdim' in x.attributes;
  return (reduces && x.attributes.dim === null) || x.args.every((argument) => isScalar(argument, notation));
}

/** A negative number is written like a sum, so that a product or power of it gets parentheses. */
const signed = (text: string): Printed => ({
  text,
  level: text.startsWith('-') ? binding.sum : /\\cdot|\\times|\\frac/.test(text) ? binding.power : binding.atom,
});
