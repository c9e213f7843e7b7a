// What the library does, step by step; it is what PyTorch does.
import { noGrad, param, tensor } from 'retrograd';

// Leaves are what no operation made. Of these, w and b require a gradient, and x does not.
const w = param(2);
const b = param(-1);
const x = tensor(3);

// y requires a gradient because w does. It is no leaf, and keeps no .grad of its own.
const y = w.mul(x).add(b);
const L1 = y.square();

// Before any backward pass a .grad is null, which is not zero.
console.log(`before: w.grad ${String(w.grad)}`);

// ∂L₁/∂w = 2y·x = 30, ∂L₁/∂b = 2y = 10. x requires no gradient, and gets none.
L1.backward();
console.log(`once: w.grad ${w.grad!.item()}, b.grad ${b.grad!.item()}, x.grad ${String(x.grad)}`);

// A second backward pass adds to what is there: ∂L₂/∂w = x = 3, so w.grad is 33.
const L2 = w.mul(x);
L2.backward();
console.log(`twice: w.grad ${w.grad!.item()}`);

// zeroGrad forgets it. A training loop does so before each step.
w.zeroGrad();
console.log(`after zeroGrad: w.grad ${String(w.grad)}`);

// detach() gives the same value without its history. Through c the gradient goes, through the copy d it does not:
// ∂L₃/∂w = d = 6, where the derivative of c² would be 2c·x = 36.
const c = w.mul(x);
const d = c.detach();
const L3 = c.mul(d).div(x);
L3.backward();
console.log(`with detach: w.grad ${w.grad!.item()}`);

// Inside noGrad nothing is recorded: e is a value without a history.
const e = noGrad(() => w.mul(x));
console.log(`in noGrad: e.requiresGrad ${e.requiresGrad}`);
