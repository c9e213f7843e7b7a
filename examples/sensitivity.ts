// How the effect f of a dose D comes about, and what it is most sensitive to. The dose is split into three ingredients:
// a, which saturates; b, of which too much is too much; and c, itself made of two parts that only work together.
//   f = α·ln(1 + a) + β·b·e⁻ᵇ + γ·c₁·c₂
// ∂f/∂D says how much f moves for a small change of the dose: the sum of what comes through a, b, c₁ and c₂.
import { type Tensor, grad, model, param } from 'retrograd';

const D = param(2);
const alpha = param(1.5);
const beta = param(0.8);
const gamma = param(4);

const effect = (D: Tensor, alpha: Tensor, beta: Tensor, gamma: Tensor): Tensor => {
  const a = D.mul(0.5);
  const b = D.mul(0.3);
  const c = D.mul(0.2);
  const c1 = c.mul(0.75);
  const c2 = c.mul(0.25);
  const f1 = alpha.mul(a.log1p());
  const f2 = beta.mul(b).mul(b.neg().exp());
  const f3 = gamma.mul(c1).mul(c2);
  const f = f1.add(f2).add(f3);
  return f;
};

export const dose = model(() => effect(D, alpha, beta, gamma));

// Beside each derivative, what is measured when the input is really moved a little: (f(x + h) − f(x − h)) / 2h.
const inputs = { D, alpha, beta, gamma };
const h = 0.01;
Object.keys(inputs).forEach((name, i) => {
  const values = Object.values(inputs) as [Tensor, Tensor, Tensor, Tensor];
  const moved = (by: number): number =>
    effect(...(values.map((x, j) => (j === i ? x.add(by) : x)) as typeof values)).item();
  const derivative = grad(effect, { argument: i })(...values).item();
  const measured = (moved(h) - moved(-h)) / (2 * h);
  console.log(`∂f/∂${name}: derivative ${derivative.toFixed(4)}, measured ${measured.toFixed(4)}`);
});
