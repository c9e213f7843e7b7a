// One neuron: z = w·x + b, a = σ(z), L = (a − y)².
// ∂L/∂w = ∂L/∂a · ∂a/∂z · ∂z/∂w; the same for b, whose last factor is 1.
import { input, model, param } from 'retrograd';

const w = param(0.6);
const b = param(-0.4);

export const neuron = model(() => {
  const x = input(2);
  const y = input(1);
  const z = w.mul(x).add(b);
  const a = z.sigmoid();
  const L = a.sub(y).square();
  return L;
});
