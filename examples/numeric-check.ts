// A function that is awkward to differentiate: it oscillates, it has a kink at k = 0, and a tie at m = 1.
// Every gradient can be checked without calculus, by the central difference (f(x + ε) − f(x − ε)) / 2ε. It agrees wherever
// f is smooth. At a kink the two sides have different slopes, the difference takes their mean, and a gradient is a convention:
// |k| has the slopes −1 and 1 at 0, where its derivative is taken as 0; max(m, 1) has 0 and 1 at 1, and m gets a half.
import { type Tensor, gradcheck, maximum, model, param } from 'retrograd';

const x = param(0.7);
const k = param(0);
const m = param(1);

const awkward = (x: Tensor, k: Tensor, m: Tensor): Tensor => {
  const a = x.square().mul(3).sin();
  const b = a.exp().div(x.add(1));
  const c = k.abs();
  const d = maximum(m, 1);
  const f = b.add(c).add(d);
  return f;
};

export const check = model(() => awkward(x, k, m));

const { passed, worst, kinks } = gradcheck(awkward, [x, k, m]);
console.log(`${passed ? 'agrees' : 'differs'}, largest error ${worst < 1e-6 ? 'below 1e-6' : worst}`);
for (const { input, analytic, numeric } of kinks)
  console.log(`kink at ${['x', 'k', 'm'][input]!}: analytic ${analytic.toFixed(3)}, numeric ${numeric.toFixed(3)}`);
