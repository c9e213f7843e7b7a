import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CheckReport } from '../../engine/explain/health/report.ts';
import { retrograd, root } from './command-line.ts';
import { nodeIn, opsBehind, viewOf } from './documents.ts';
import { near, sum, value } from './numbers.ts';
import { type Weights, agreesWithSlopes } from './slopes.ts';

const names = ['conv1', 'conv2', 'fc1', 'fc2'].flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]);
const count = 16;

/** Channels of square images, row by row. */
interface Picture {
  readonly channels: readonly Float64Array[];
  readonly size: number;
}

/** The definition: each output pixel is the sum over channels and a patch of 5 × 5, plus a bias; outside of the picture is 0. */
function convolution(
  { channels, size }: Picture,
  weight: readonly number[],
  bias: readonly number[],
  pad: number,
): Picture {
  const out = size + 2 * pad - 4;
  const made = bias.map((b, o) =>
    new Float64Array(out * out).map((_, at) => {
      const [row, column] = [Math.floor(at / out) - pad, (at % out) - pad];
      let total = b;
      channels.forEach((pixels, c) => {
        for (let p = 0; p < 5; p++)
          for (let q = 0; q < 5; q++) {
            const [y, x] = [row + p, column + q];
            if (y >= 0 && y < size && x >= 0 && x < size)
              total += pixels[y * size + x]! * weight[((o * channels.length + c) * 5 + p) * 5 + q]!;
          }
      });
      return total;
    }),
  );
  return { channels: made, size: out };
}

/** relu, and of each 2 × 2 the greatest. */
function pooled({ channels, size }: Picture): Picture {
  const out = size / 2;
  const half = channels.map((pixels) =>
    new Float64Array(out * out).map((_, at) => {
      const corner = 2 * Math.floor(at / out) * size + 2 * (at % out);
      return Math.max(0, ...[0, 1, size, size + 1].map((step) => pixels[corner + step]!));
    }),
  );
  return { channels: half, size: out };
}

const linear = (x: readonly number[], weight: readonly number[], bias: readonly number[]): number[] =>
  bias.map((b, o) => x.reduce((total, one, i) => total + one * weight[o * x.length + i]!, b));

function pictures(): Picture[] {
  const view = viewOf('lenet');
  const X = view.graph.node(nodeIn(view, 'X')).value.data!;
  return Array.from({ length: count }, (_, i) => ({
    channels: [Float64Array.from(X.slice(i * 784, (i + 1) * 784))],
    size: 28,
  }));
}

function loss(all: readonly Picture[], of: Weights): number {
  const losses = all.map((picture, i) => {
    const a = pooled(convolution(picture, of('conv1.weight'), of('conv1.bias'), 2));
    const b = pooled(convolution(a, of('conv2.weight'), of('conv2.bias'), 0));
    const flat = b.channels.flatMap((pixels) => [...pixels]);
    const c = linear(flat, of('fc1.weight'), of('fc1.bias')).map((x) => Math.max(0, x));
    const scores = linear(c, of('fc2.weight'), of('fc2.bias'));
    return Math.log(sum(scores.map(Math.exp))) - scores[i % 4]!;
  });
  return sum(losses) / count;
}

describe('lenet', function () {
  this.timeout(30_000);

  it('has the loss and the slopes of the same net in float64, by the definition of a convolution', () => {
    const all = pictures();
    near(
      value('lenet', 'loss')[0],
      loss(all, (name) => value('lenet', name)),
      'loss',
      1e-5,
    );
    agreesWithSlopes('lenet', names, (of) => loss(all, of), 1e-3);
  });

  it('shows a layer as one node, which opens into its ops', () => {
    assert.deepEqual(opsBehind('lenet', 'a'), [
      'conv2d in net › forward › conv1 › conv2d',
      'reshape in net › forward › conv1 › conv2d',
      'add in net › forward › conv1 › conv2d',
      'relu in net › forward',
      'maxPool2d in net › forward',
    ]);
  });

  it('is not sick', () => {
    const { out } = retrograd(['check', 'examples/lenet.ts', '--format', 'json', '--no-gradients']);
    assert.deepEqual((JSON.parse(out) as CheckReport).findings, []);
  });
});

describe('lenet, trained in plain Node', () => {
  it('tells the pictures apart', async () => {
    const { lenet } = (await import(join(root, 'examples', 'lenet.ts'))) as { lenet: { train(): number[] } };
    const losses = lenet.train();
    // ln 4 = 1.386 is what a guess costs.
    assert.ok(losses[0]! > 1.3 && losses.at(-1)! < 0.01, `${losses[0]!} → ${losses.at(-1)!}`);
  });
});
