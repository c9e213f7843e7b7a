// A straight line, y = m·x + c, with the intermediate value u = m·x.
// Values go forward along the edges of the graph G: m, x → u → y. Gradients come back along the same edges, which is the
// graph B: ∂y/∂y = 1, then ∂y/∂u = 1 and ∂y/∂c = 1, then ∂y/∂m = ∂y/∂u · x and ∂y/∂x = ∂y/∂u · m.
import { model, param } from 'retrograd';

const m = param(2);
const x = param(3);
const c = param(1);

export const line = model(() => {
  const u = m.mul(x);
  const y = u.add(c);
  return y;
});
