// LeNet, the first of the convolutional nets (LeCun et al. 1998), at the size of an example: it tells four kinds of pictures apart.
// Convolutions look at a patch of 5 × 5 pixels, with the same weights everywhere; pooling keeps the strongest of each 2 × 2.
import { crossEntropy, input, maxPool2d, model, nn, optim, randn, tensor, type Tensor } from 'retrograd';

// Pictures of 28 × 28 pixels, drawn here: bars that lie, bars that stand, rings, and crosses, each at another place and with noise.
const size = 28;
type Shape = (x: number, y: number) => boolean;
const kinds: readonly Shape[] = [
  (_x, y) => Math.abs(y) < 2,
  (x) => Math.abs(x) < 2,
  (x, y) => Math.abs(Math.hypot(x, y) - 7) < 1.5,
  (x, y) => Math.abs(Math.abs(x) - Math.abs(y)) < 1.5,
];
const perKind = 4;
const drawn = Array.from({ length: kinds.length * perKind }, (_, i) => {
  const has = kinds[i % kinds.length]!;
  // The middle wanders: by -4 to 4 pixels across and down.
  const [right, down] = [((i * 5) % 9) - 4, ((i * 7) % 9) - 4];
  return Array.from({ length: size }, (__, row) =>
    Array.from({ length: size }, (___, column) => {
      const [x, y] = [column - size / 2 - right, row - size / 2 - down];
      return Math.hypot(x, y) < 10 && has(x, y) ? 1 : 0;
    }),
  );
});
const count = drawn.length;
const pictures = tensor(drawn)
  .unsqueeze(1)
  .add(randn([count, 1, size, size], { seed: 1 }).mul(0.1));
const labels = drawn.map((_, i) => i % kinds.length);

class LeNet extends nn.Module {
  readonly conv1 = new nn.Conv2d(1, 4, 5, { padding: 2, seed: 2 });
  readonly conv2 = new nn.Conv2d(4, 8, 5, { seed: 3 });
  readonly fc1 = new nn.Linear(8 * 5 * 5, 16, { seed: 4 });
  readonly fc2 = new nn.Linear(16, kinds.length, { seed: 5 });

  forward(x: Tensor): Tensor {
    const a = maxPool2d(this.conv1.forward(x).relu(), 2); // [count, 4, 14, 14]
    const b = maxPool2d(this.conv2.forward(a).relu(), 2); // [count, 8, 5, 5]
    const c = this.fc1.forward(b.flatten(1)).relu();
    return this.fc2.forward(c);
  }
}
const net = new LeNet();

export const lenet = model(
  () => {
    const X = input(pictures);
    const scores = net.forward(X);
    const loss = crossEntropy(scores, labels);
    return loss;
  },
  { optimizer: optim.adam({ lr: 0.01 }), steps: 20 },
);
