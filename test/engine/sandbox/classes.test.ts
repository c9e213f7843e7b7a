import assert from 'node:assert/strict';
import * as library from '../../../engine/library.ts';
import { Sandbox } from './sandbox.ts';

/**
 * In the sandbox the numbers are on the host, which checks indices and marks classes; in Node the library itself does. What is
 * not as it should be, or not counted, goes the library's own way in both.
 */
const body = `
const { crossEntropy, nllLoss, indexSelect, gather, model, tensor, param } = library;
const tell = (make) => {
  try {
    const y = make();
    say(JSON.stringify(y.toArray()) + ' [' + y.shape + ']');
  } catch (error) {
    say(error.name + ': ' + error.message);
  }
};
const z = param([[1, 2, 3], [0, -1, 4]]);
const whole = (content) => tensor(content, { dtype: 'int32' });
for (const classes of [[2, 0], [2, 3], [-1, 0], [-100, 1], [-100, -100]]) {
  tell(() => crossEntropy(z, whole(classes)));
  tell(() => nllLoss(z, whole(classes), { reduction: 'none' }));
  tell(() => crossEntropy(z, whole(classes), { ignoreIndex: 0 }));
  tell(() => crossEntropy(z, whole(classes), { weight: [1, 2, 3] }));
}
tell(() => crossEntropy(z, tensor([1, 0.5])));
tell(() => crossEntropy(z, tensor([1, 2])));
tell(() => crossEntropy(z.reshape([1, 3, 2]), whole([[2, 1]])));
tell(() => crossEntropy(z.reshape([6]), whole(5)));
for (const places of [[0, 1], [-2, -1], [2], [-3], []]) tell(() => indexSelect(z, 0, whole(places)));
tell(() => indexSelect(z, 0, tensor([0.5])));
tell(() => gather(z, 1, whole([[2, -3], [0, 3]])));
const batched = model((rows) => { tell(() => rows); return z.sum(); }, { batch: { size: 2, of: 5, seed: 7 }, optimizer: library.optim.sgd({ lr: 0.1 }) });
batched.train(7);
`;

it('indices, classes and batches are the same in the sandbox as in Node', async () => {
  const said: string[] = [];
  // oxlint-disable-next-line typescript/no-implied-eval
  const run = new Function('library', 'say', body) as (given: typeof library, say: (line: string) => void) => void;
  run(library, (line) => said.push(line));
  const sandbox = new Sandbox();
  try {
    const text = `import * as library from 'retrograd';\nconst say = (line) => console.log(line);\n{${body}}`;
    const { trace } = await sandbox.run({ 'main.ts': `// @ts-nocheck\n${text}` });
    const logged = trace!.log.map((line) => line.text);
    // The model is run once more by the sandbox itself.
    assert.deepEqual(logged.slice(0, said.length), said);
    assert.ok(said.some((line) => line.includes('is no class')));
    assert.ok(said.some((line) => line.includes('out of range')));
  } finally {
    sandbox.dispose();
  }
});
