import { call, number, power, symbol, times } from '../../expression/expression.ts';
import { defineReduction } from './define-reduction.ts';

/** Between these the sum of powers lost nothing to overflow or underflow. */
const [smallest, greatest] = [1e-200, 1e200];

function normOf(p: number): (lane: Float64Array) => number {
  const raised = p === 1 ? (v: number) => v : p === 2 ? (v: number) => v * v : (v: number) => v ** p;
  const root = p === 1 ? (v: number) => v : p === 2 ? Math.sqrt : (v: number) => v ** (1 / p);
  const plain = (lane: Float64Array, scale: number): number => {
    let total = 0;
    for (const x of lane) total += raised(Math.abs(x) / scale);
    return total;
  };
  return (lane) => {
    const total = plain(lane, 1);
    if (total >= smallest && total <= greatest) return root(total);
    let largest = 0;
    for (const x of lane) largest = Math.max(largest, Math.abs(x));
    return largest > 0 && largest < Infinity ? largest * root(plain(lane, largest)) : root(total);
  };
}

const [x, y, upstream] = [symbol('x'), symbol('y'), symbol('ȳ')];
const spread = (g: ReturnType<typeof call>): ReturnType<typeof call> => call('expandLike', g, x);

export const norm = defineReduction({
  name: 'norm',
  doc: '(Σ |x|^p)^(1/p) for a finite p other than 0,',
  result: 'float',
  convention: 'the gradient is 0 where the norm is, and for every p where an element is',
  ofNothing: true,
  kernel: { lane: ({ p }) => normOf(Number(p)) },
  // ∂y/∂x = sign(x)·(|x| / y)^(p − 1)
  pullback: ({ p }) => {
    if (p === 1) return times(spread(upstream), call('sign', x));
    if (p === 2) return times(spread(call('quotientOrZero', upstream, y)), x);
    const less = number(Number(p) - 1);
    return times(
      spread(call('quotientOrZero', upstream, power(y, less))),
      times(call('sign', x), power(call('abs', call('nonzero', x)), less)),
    );
  },
  options: [{ p: 2 }, { p: 1 }, { p: 3 }, { p: 1.5 }],
});
