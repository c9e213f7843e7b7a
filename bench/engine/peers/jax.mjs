/**
 * jax-js on its WebAssembly backend, compiled with jit. In Node it has one thread: its others need the browser's workers.
 * An array is used up by the function it is given to; `.ref` keeps it for one more use.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';

export async function start() {
  await init('wasm');
  defaultDevice('wasm');
  const main = createRequire(import.meta.url).resolve('@jax-js/jax');
  const { version } = JSON.parse(readFileSync(join(main, '..', '..', 'package.json'), 'utf8'));
  return `jax-js wasm ${version}`;
}

const crossEntropy = (logits, target) =>
  nn
    .logSoftmax(logits)
    .mul(target)
    .sum()
    .mul(-1 / target.shape[0]);

const layerNorm = (x, gain, bias) => nn.standardize(x).mul(gain).add(bias);
const split = (y) => np.transpose(y.reshape([64, 4, 16]), [1, 0, 2]);
const pool = (x) => lax.reduceWindow(x, np.max, [2, 2], [2, 2]);

const losses = {
  W1: ({ w1, b1, w2, b2, w3, b3 }, { x, target }) => {
    const h1 = nn.relu(np.matmul(x, w1).add(b1));
    const h2 = nn.relu(np.matmul(h1, w2).add(b2));
    return crossEntropy(np.matmul(h2, w3).add(b3), target);
  },
  W2: (parameters, { x }) => {
    let h = x;
    for (let i = 0; i < 50; i++) h = np.tanh(np.matmul(h, parameters[`w${i}`]).add(parameters[`b${i}`]));
    return np.mean(h);
  },
  W3: ({ a, b }) => {
    let x = a.ref;
    for (let i = 0; i < 5000; i++) x = x.mul(a.ref).add(b.ref);
    a.dispose();
    b.dispose();
    return x;
  },
  W4: ({ q, k, v, o, up, upBias, down, downBias, g1, c1, g2, c2 }, { x }) => {
    const n = layerNorm(x.ref, g1, c1);
    const scores = np.matmul(split(np.matmul(n.ref, q)), np.transpose(split(np.matmul(n.ref, k)), [0, 2, 1]));
    const attention = nn.softmax(scores.mul(1 / 4));
    const mixed = np.transpose(np.matmul(attention, split(np.matmul(n, v))), [1, 0, 2]).reshape([64, 64]);
    const y = x.add(np.matmul(mixed, o));
    const hidden = nn.relu(np.matmul(layerNorm(y.ref, g2, c2), up).add(upBias));
    return np.mean(y.add(np.matmul(hidden, down).add(downBias)));
  },
  W5: ({ k1, c1, k2, c2, w1, b1, w2, b2, w3, b3 }, { x, target }) => {
    const padding = [
      [2, 2],
      [2, 2],
    ];
    const p1 = pool(nn.relu(lax.conv(x, k1, [1, 1], padding).add(c1.reshape([1, 6, 1, 1]))));
    const p2 = pool(nn.relu(lax.conv(p1, k2, [1, 1], 'VALID').add(c2.reshape([1, 16, 1, 1]))));
    const h1 = nn.relu(np.matmul(p2.reshape([16, 400]), w1).add(b1));
    const h2 = nn.relu(np.matmul(h1, w2).add(b2));
    return crossEntropy(np.matmul(h2, w3).add(b3), target);
  },
};

export async function prepare(workload, leaves) {
  const parameters = {};
  const inputs = {};
  for (const [name, { shape, content, kind }] of Object.entries(leaves)) {
    if (kind === 'parameter') parameters[name] = np.array(new Float32Array(content)).reshape([...shape]);
    else if (kind === 'input') inputs[name] = np.array(new Float32Array(content)).reshape([...shape]);
    else inputs[name] = nn.oneHot(np.array(new Int32Array(content), { dtype: np.int32 }), 10);
  }
  const run = jit(valueAndGrad(losses[workload]));
  const once = () => blockUntilReady(run(tree.ref(parameters), tree.ref(inputs)));
  const step = async () => tree.dispose(await once());
  const check = async () => {
    const [value, gradients] = await once();
    const norms = {};
    for (const [name, gradient] of Object.entries(gradients))
      norms[name] = Math.sqrt((await gradient.data()).reduce((sum, x) => sum + x * x, 0));
    return { loss: (await value.data())[0], norms };
  };
  return { step, check };
}
