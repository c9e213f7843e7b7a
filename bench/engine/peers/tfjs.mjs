/** TensorFlow.js on its WebAssembly backend: SIMD, one thread. Images have their channels last here, as its kernels want them. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as wasm from '@tensorflow/tfjs-backend-wasm';

export async function start() {
  wasm.setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  return `tfjs-wasm ${wasm.version_wasm}`;
}

const layerNorm = (x, gain, bias) => {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), gain), bias);
};

const split = (y) => tf.transpose(tf.reshape(y, [64, 4, 16]), [1, 0, 2]);

const losses = {
  W1: ({ x, target, w1, b1, w2, b2, w3, b3 }) => {
    const h1 = tf.relu(tf.add(tf.matMul(x, w1), b1));
    const h2 = tf.relu(tf.add(tf.matMul(h1, w2), b2));
    return tf.losses.softmaxCrossEntropy(target, tf.add(tf.matMul(h2, w3), b3));
  },
  W2: (leaves) => {
    let h = leaves.x;
    for (let i = 0; i < 50; i++) h = tf.tanh(tf.add(tf.matMul(h, leaves[`w${i}`]), leaves[`b${i}`]));
    return tf.mean(h);
  },
  W3: ({ a, b }) => {
    let x = a;
    for (let i = 0; i < 5000; i++) x = tf.add(tf.mul(x, a), b);
    return x;
  },
  W4: ({ x, q, k, v, o, up, upBias, down, downBias, g1, c1, g2, c2 }) => {
    const n = layerNorm(x, g1, c1);
    const scores = tf.matMul(split(tf.matMul(n, q)), split(tf.matMul(n, k)), false, true);
    const attention = tf.softmax(tf.mul(scores, 1 / 4));
    const mixed = tf.reshape(tf.transpose(tf.matMul(attention, split(tf.matMul(n, v))), [1, 0, 2]), [64, 64]);
    const y = tf.add(x, tf.matMul(mixed, o));
    const hidden = tf.relu(tf.add(tf.matMul(layerNorm(y, g2, c2), up), upBias));
    return tf.mean(tf.add(y, tf.add(tf.matMul(hidden, down), downBias)));
  },
  W5: ({ x, target, k1, c1, k2, c2, w1, b1, w2, b2, w3, b3 }) => {
    const p1 = tf.maxPool(tf.relu(tf.add(tf.conv2d(x, k1, 1, 'same'), c1)), 2, 2, 'valid');
    const p2 = tf.maxPool(tf.relu(tf.add(tf.conv2d(p1, k2, 1, 'valid'), c2)), 2, 2, 'valid');
    const h1 = tf.relu(tf.add(tf.matMul(tf.reshape(p2, [16, 400]), w1), b1));
    const h2 = tf.relu(tf.add(tf.matMul(h1, w2), b2));
    return tf.losses.softmaxCrossEntropy(target, tf.add(tf.matMul(h2, w3), b3));
  },
};

/** Leaves of W5 whose dimensions stand otherwise where channels are last. */
const channelsLast = {
  x: (x) => tf.transpose(x, [0, 2, 3, 1]),
  k1: (kernel) => tf.transpose(kernel, [2, 3, 1, 0]),
  k2: (kernel) => tf.transpose(kernel, [2, 3, 1, 0]),
  w1: (w) => tf.reshape(tf.transpose(tf.reshape(w, [16, 5, 5, 120]), [1, 2, 0, 3]), [400, 120]),
};

export async function prepare(workload, leaves) {
  const tensors = {};
  for (const [name, { shape, content, kind }] of Object.entries(leaves)) {
    const made = kind === 'classes' ? tf.oneHot(tf.tensor1d(content, 'int32'), 10) : tf.tensor(content, shape);
    tensors[name] = (workload === 'W5' && channelsLast[name]?.(made)) || made;
  }
  const names = Object.keys(leaves).filter((name) => leaves[name].kind === 'parameter');
  const parameters = names.map((name) => tensors[name]);
  const run = tf.valueAndGrads((...given) =>
    losses[workload]({ ...tensors, ...Object.fromEntries(names.map((name, i) => [name, given[i]])) }),
  );
  const step = () => {
    const { value, grads } = run(parameters);
    tf.dispose([value, grads]);
  };
  const check = async () => {
    const { value, grads } = run(parameters);
    const norm = (gradient) => Math.sqrt(gradient.dataSync().reduce((sum, x) => sum + x * x, 0));
    return { loss: value.dataSync()[0], norms: Object.fromEntries(names.map((name, i) => [name, norm(grads[i])])) };
  };
  return { step, check };
}
