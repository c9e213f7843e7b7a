// z(u, v) with u(x, y) and v(x, y): x reaches z in two ways, and its gradient is the sum over both.
// ∂z/∂x = ∂z/∂u · ∂u/∂x + ∂z/∂v · ∂v/∂x
import { model, param } from 'retrograd';

const x = param(2);
const y = param(3);

export const surface = model(() => {
  const u = x.mul(y);
  const v = x.add(y.square());
  const z = u.mul(v);
  return z;
});
