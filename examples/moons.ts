// Two half moons, one inside the other, and a net that tells their points apart: what no straight line can do.
import { arange, bceWithLogits, cat, input, model, nn, ones, optim, randn, stack, zeros } from 'retrograd';

// 100 points of each moon: (cos α, sin α), and (1 − cos α, ½ − sin α), with some noise.
const n = 100;
const angle = arange(n).mul(Math.PI / (n - 1));
const upper = stack([angle.cos(), angle.sin()], 1);
const lower = stack([angle.cos().neg().add(1), angle.sin().neg().add(0.5)], 1);
const points = input(cat([upper, lower]).add(randn([2 * n, 2], { seed: 1 }).mul(0.1)));
const moons = input(cat([zeros([n, 1]), ones([n, 1])]));

// Two hidden layers, for a boundary that bends twice.
const net = new nn.Sequential(
  new nn.Linear(2, 16, { seed: 2 }),
  new nn.ReLU(),
  new nn.Linear(16, 16, { seed: 3 }),
  new nn.ReLU(),
  new nn.Linear(16, 1, { seed: 4 }),
);

// Each step sees 50 points, drawn anew: four steps see each point once, an epoch.
export const classifier = model(
  (rows) => {
    const X = points.indexSelect(0, rows);
    const T = moons.indexSelect(0, rows);
    const logits = net.forward(X);
    // The sigmoid is part of the loss: taken apart it would overflow where the net is very sure.
    const loss = bceWithLogits(logits, T);
    return loss;
  },
  { optimizer: optim.adam({ lr: 0.02 }), steps: 200, batch: { size: 50, of: 2 * n, seed: 5 } },
);
