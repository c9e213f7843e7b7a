import { type Expression, call, negative, number, over, squared } from './expression.ts';
import { same } from './same.ts';

/** A product taken apart: a fraction of two numbers, and the factors above and below the line in the order they had. */
interface Parts {
  above: number;
  below: number;
  readonly over: Expression[];
  readonly under: Expression[];
}

/** Functions that a number can be drawn out of: f(c·x) = c·f(x), in their first argument. */
const linear: ReadonlySet<string> = new Set([
  'sumLike',
  'expandLike',
  'reshapeLike',
  'transposeBack',
  'permuteBack',
  'embedLike',
  'partOf',
  'padBack',
  'rollBack',
  'cumsumBack',
  'trilBack',
  'triuBack',
  'diagonalBack',
  'embedDiagonalBack',
  'timesIdentity',
  'perMatrix',
  'indexSum',
  'scatterSum',
  'avgPool2dBack',
  'maxPool2dBack',
  'mT',
  'flip',
  'sum',
  'mean',
]);

const keepsSize: ReadonlySet<string> = new Set([
  'mT',
  'reshapeLike',
  'sumLike',
  'transposeBack',
  'permuteBack',
  'flip',
]);

/** Products are taken apart into a number and the factors above and below the line, and put together again. */
export function product(expression: Expression, tensors: boolean): Expression {
  const parts: Parts = { above: 1, below: 1, over: [], under: [] };
  gather(expression, parts, false);
  const under = parts.under;
  if (parts.above === 0) return nothing(parts, tensors);
  const top = withoutIdleOnes(parts.over);
  const [above, below] = lowered(parts);
  const magnitude = Math.abs(above);
  // Whoever takes a mean over 64 samples wants to see the 64.
  const numerator = magnitude === 1 && top.length > 0 ? chain(top) : chain([number(magnitude), ...top]);
  const denominator = below === 1 ? under : [number(below), ...under];
  const whole = denominator.length === 0 ? numerator : over(numerator, chain(denominator));
  if (above > 0) return whole;
  return whole.kind === 'number' ? number(-whole.value) : negative(whole);
}

/** `expandLike(1, x)` is a tensor of ones: nothing is lost with it where another factor has the shape of x anyway. */
const withoutIdleOnes = (factors: readonly Expression[]): readonly Expression[] =>
  factors.filter((factor) => {
    if (factor.kind !== 'call' || factor.fn !== 'expandLike' || factor.args[0]!.kind !== 'number') return true;
    const shape = rootOf(factor.args[1]!);
    return !factors.some((other) => other !== factor && same(rootOf(other), shape));
  });

/** What has the shape of an expression for certain: functions of each element change none. */
const rootOf = (x: Expression): Expression =>
  x.kind === 'call' && x.args.length === 1 && unary.has(x.fn) ? rootOf(x.args[0]!) : x;

const unary: ReadonlySet<string> = new Set([
  'neg',
  'square',
  'sqrt',
  'rsqrt',
  'reciprocal',
  'abs',
  'sign',
  'exp',
  'log',
  'sigmoid',
  'tanh',
  'relu',
  'softplus',
  'step',
]);

/** 0·x is 0; of a tensor, 0 of its shape, which is still to be seen where it is summed or multiplied as a matrix. */
function nothing({ over: top, under }: Parts, tensors: boolean): Expression {
  if (!tensors || top.length + under.length === 0) return number(0);
  const zeros = chain([number(0), ...top]);
  return under.length === 0 ? zeros : over(zeros, chain(under));
}

/** A fraction with other than whole numbers in it becomes one number, if that is a short one; 2/64 stays what it is. */
function lowered({ above, below }: Parts): [above: number, below: number] {
  const quotient = above / below;
  const isWhole = Number.isInteger(above) && Number.isInteger(below);
  if (Number.isInteger(quotient) || (isShort(quotient) && !isWhole)) return [quotient, 1];
  if (!isShort(above) || !isShort(below)) return [quotient, 1];
  return below < 0 ? [-above, -below] : [above, below];
}

const isShort = (x: number): boolean => String(Math.abs(x)).length <= 6;

function gather(x: Expression, parts: Parts, inverted: boolean): void {
  if (x.kind === 'number') {
    // Division by zero stays as it is: its sign and its infinity are not ours to work out.
    if (inverted && x.value === 0) parts.under.push(x);
    else if (inverted) parts.below *= x.value;
    else parts.above *= x.value;
    return;
  }
  if (x.kind === 'call') {
    const [a, b] = x.args;
    switch (x.fn) {
      case 'mul':
        gather(a!, parts, inverted);
        gather(b!, parts, inverted);
        return;
      case 'div':
        gather(a!, parts, inverted);
        gather(b!, parts, !inverted);
        return;
      case 'neg':
        parts.above = -parts.above;
        gather(a!, parts, inverted);
        return;
      case 'matmul':
        return push(matmul(a!, b!, parts, inverted), parts, inverted);
      case 'expandLike':
        // A quotient is repeated part by part: what it is divided by scales the whole.
        if (a!.kind === 'call' && a!.fn === 'div') {
          gather({ ...x, args: [a!.args[0]!, b!] }, parts, inverted);
          gather({ ...x, args: [a!.args[1]!, b!] }, parts, !inverted);
          return;
        }
        return push(drawnFrom(x, a!, parts, inverted), parts, inverted);
      default:
        if (linear.has(x.fn) && a) return push(drawnFrom(x, a, parts, inverted), parts, inverted);
    }
  }
  push(x, parts, inverted);
}

function push(x: Expression, parts: Parts, inverted: boolean): void {
  if (x.kind === 'number' && x.value === 1) return;
  (inverted ? parts.under : parts.over).push(x);
}

/** c·A · d·B is c·d·(A · B). A number in the place of a matrix is a gradient of one element, and scales. */
function matmul(a: Expression, b: Expression, parts: Parts, inverted: boolean): Expression {
  const [left, right] = [drawn(a, parts, inverted), drawn(b, parts, inverted)];
  if (left.kind === 'number') return right;
  return right.kind === 'number' ? left : call('matmul', left, right);
}

const drawnFrom = (
  x: Extract<Expression, { kind: 'call' }>,
  first: Expression,
  parts: Parts,
  inverted: boolean,
): Expression => {
  const inner = drawn(first, parts, inverted);
  // What is one element stays one element; for all others a number still has to be given its shape.
  if (inner.kind === 'number' && keepsSize.has(x.fn)) return inner;
  return inner === first ? x : { ...x, args: [inner, ...x.args.slice(1)] };
};

/** The number in front of an expression goes to the parts; what it was in front of is returned. */
function drawn(x: Expression, parts: Parts, inverted: boolean): Expression {
  const own: Parts = { above: 1, below: 1, over: [], under: [] };
  gather(x, own, false);
  // Division by zero is left as it stands.
  if ((own.above === 0 && inverted) || (own.above === 1 && own.below === 1)) return x;
  if (inverted) {
    parts.above *= own.below;
    parts.below *= own.above;
  } else {
    parts.above *= own.above;
    parts.below *= own.below;
  }
  const [top, under] = [own.over, own.under];
  if (top.length === 0 && under.length === 0) return number(1);
  const numerator = top.length === 0 ? number(1) : chain(top);
  return under.length === 0 ? numerator : over(numerator, chain(under));
}

/** One product of factors, neighbours that are the same written as a square. */
function chain(factors: readonly Expression[]): Expression {
  const merged: Expression[] = [];
  for (const factor of factors) {
    const last = merged.at(-1);
    if (last && factor.kind !== 'number' && same(last, factor)) merged[merged.length - 1] = squared(factor);
    else merged.push(factor);
  }
  return merged.reduce((a, b) => call('mul', a, b));
}
