// The sigmoid taken apart: f = −x, g = eᶠ, w = 1 + g, v = 1/w.
// The product of the four local derivatives is v(1 − v), which is what sigmoid() says in one factor.
import { add, div, model, param } from 'retrograd';

const x = param(0.5);

export const parts = model(() => {
  const f = x.neg();
  const g = f.exp();
  const w = add(1, g);
  const v = div(1, w);
  return v;
});

export const whole = model(() => {
  const s = x.sigmoid();
  return s;
});
