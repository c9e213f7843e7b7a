import assert from 'node:assert/strict';
import { impatient } from '../sandbox/sandbox.ts';
import { Trainings } from './trainings.ts';

/** Two parameters of which each has its own way down: losses 13, then what Adam makes of it. */
const quadratic = `import { model, optim, param } from 'retrograd';
const w = param([3, -2]);
export const m = model(() => w.square().sum(), { optimizer: optim.sgd({ lr: 0.25 }), steps: 4 });
`;

describe('a training', function () {
  this.timeout(60_000);
  const trainings = new Trainings();
  after(() => trainings.dispose());

  it('waits until it is told to run, and runs as many steps as the model says', async () => {
    const { trainer, reports } = trainings.start(quadratic);
    const ready = await reports.until(({ phase }) => phase !== 'starting');
    assert.deepEqual([ready.phase, ready.step, ready.steps, ready.model], ['paused', 0, 4, 'm']);
    trainer.run();
    const done = await reports.until(({ phase }) => phase === 'finished');
    // w ← w − ¼·2w = w/2 at every step: the loss, 3² + 2² = 13 at first, is a quarter of the one before.
    assert.deepEqual(done.loss, { steps: [1, 2, 3, 4], values: [13, 3.25, 0.8125, 0.203125] });
    // |∂L/∂w| = 2·|w|, and half of w is what is added to w.
    const [w] = done.parameters;
    assert.deepEqual([w!.name, w!.size, w!.updateRatio.values], ['w', 2, [0.5, 0.5, 0.5, 0.5]]);
    assert.deepEqual(
      w!.gradientNorm.values.map((norm) => norm!.toFixed(6)),
      [13, 3.25, 0.8125, 0.203125].map((loss) => (2 * Math.sqrt(loss)).toFixed(6)),
    );
    assert.deepEqual(await trainer.weights(), [{ name: 'w', ordinal: 0, shape: [2], values: [3 / 16, -2 / 16] }]);
  });

  it('shows any step that was made, with the numbers that it had', async () => {
    const { trainer, reports } = trainings.start(forgetful);
    await reports.until(({ phase }) => phase === 'paused');
    // So slow that there are checkpoints: what takes no time is made again from the first step.
    trainer.limit(60);
    trainer.run();
    const done = await reports.until(({ phase }) => phase === 'finished' || phase === 'failed');
    assert.equal(done.problem, null);
    const lossAt = (step: number): number | null => done.loss.values[done.loss.steps.indexOf(step)]!;
    for (const step of [1, 2, 16, 17, 39, 40, 25]) {
      const result = await trainer.trace(step);
      assert.deepEqual(result!.problems, []);
      const { passes, nodes } = result!.trace!;
      assert.deepEqual([passes.length, passes[0]!.name], [1, 'm']);
      assert.equal(nodes[passes[0]!.loss]!.value.data![0], lossAt(step), `step ${step}`);
    }
  });

  it('tells how activations and gradients are spread, of what has a name', async () => {
    const { trainer, reports } = trainings.start(forgetful);
    await reports.until(({ phase }) => phase === 'paused');
    trainer.run();
    const { ridgelines, parameters } = await reports.until(({ phase }) => phase === 'finished');
    const names = ['hidden.weight', 'hidden.bias', 'norm.weight', 'norm.bias', 'out.weight', 'out.bias'];
    assert.deepEqual(parameters.map(({ name }) => name).length, names.length);
    const told = ridgelines.map(({ of, name }) => `${of} ${name}`);
    assert.ok(told.includes('activation h') && told.includes('gradient h'), told.join());
    const h = ridgelines.find(({ name, of }) => name === 'h' && of === 'activation')!;
    // 40 steps are more than 24, so every second one stays; 8 rows of 5 elements each.
    assert.deepEqual(
      h.steps,
      Array.from({ length: 20 }, (_, i) => 2 * i + 1),
    );
    for (const { counts } of h.ridges)
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        40,
      );
  });

  it('makes one step at a time, pauses, is slowed down and begins anew', async () => {
    const { trainer, reports } = trainings.start(quadratic.replace('steps: 4', 'steps: 1000000'));
    await reports.until(({ phase }) => phase === 'paused');
    trainer.step();
    trainer.step();
    const second = await reports.until(({ step }) => step === 2);
    assert.deepEqual([second.phase, second.loss.values], ['paused', [13, 3.25]]);
    trainer.run();
    await reports.until(({ step }) => step > 500);
    trainer.pause();
    const { step } = await reports.until(({ phase }) => phase === 'paused');
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(trainer.report.step, step);
    trainer.limit(20);
    trainer.run();
    await new Promise((resolve) => setTimeout(resolve, 500));
    trainer.pause();
    const slow = await reports.until(({ phase }) => phase === 'paused');
    assert.ok(slow.step - step <= 20 && slow.step > step, `${slow.step - step} steps`);
    assert.equal(slow.speed, 20);
    trainer.reset();
    await reports.until(({ phase, step: now }) => phase === 'paused' && now === 0);
    trainer.step();
    const again = await reports.until(({ step: now }) => now === 1);
    assert.deepEqual(again.loss, { steps: [1], values: [13] });
  });

  it('runs on from where it finished, if it is told to', async () => {
    const { trainer, reports } = trainings.start(quadratic);
    await reports.until(({ phase }) => phase === 'paused');
    trainer.run();
    await reports.until(({ phase }) => phase === 'finished');
    trainer.run();
    await reports.until(({ step }) => step > 8);
    assert.equal(trainer.report.phase, 'running');
    trainer.dispose();
  });

  it('goes on from weights that another one left', async () => {
    const { trainer, reports } = trainings.start(quadratic, {
      weights: [{ name: 'w', ordinal: 0, shape: [2], values: [1, 1] }],
    });
    await reports.until(({ phase }) => phase === 'paused');
    trainer.step();
    const { loss } = await reports.until(({ step }) => step === 1);
    assert.deepEqual(loss.values, [2]);
  });

  const failing: readonly (readonly [
    name: string,
    text: string,
    code: string,
    line: number,
    message: RegExp,
    step: number,
  ])[] = [
    [
      'that throws after some steps',
      `import { model, optim, param } from 'retrograd';
const w = param([3]);
let calls = 0;
export const m = model(() => {
  calls++;
  if (calls === 4) throw new Error('enough');
  return w.square().sum();
}, { optimizer: optim.sgd({ lr: 0.1 }), steps: 10 });
`,
      'thrown',
      6,
      /enough/,
      3,
    ],
    [
      'that throws at once',
      `import { param } from 'retrograd';
const w = param([3]);
w.matmul([[1, 2], [3, 4]]);
`,
      'shape',
      3,
      /matmul/,
      0,
    ],
    [
      'that never ends a step',
      `import { model, optim, param } from 'retrograd';
const w = param([3]);
let calls = 0;
export const m = model(() => {
  calls++;
  while (calls === 3);
  return w.square().sum();
}, { optimizer: optim.sgd({ lr: 0.1 }), steps: 10 });
`,
      'timeout',
      6,
      /more than 600 ms/,
      2,
    ],
    [
      'that hangs where it cannot be interrupted',
      `import { model, optim, param } from 'retrograd';
const w = param([3]);
let calls = 0;
export const m = model(() => {
  calls++;
  if (calls === 3) Array.prototype.reverse.call({ length: 2 ** 53 - 1 });
  return w.square().sum();
}, { optimizer: optim.sgd({ lr: 0.1 }), steps: 10 });
`,
      'timeout',
      4,
      /ms and was/,
      -1,
    ],
    [
      'that keeps everything it makes',
      `import { model, optim, param, randn } from 'retrograd';
const w = param(randn([400, 400]));
const all = [];
export const m = model(() => {
  const y = w.square();
  all.push(y);
  return y.mean();
}, { optimizer: optim.sgd({ lr: 0.1 }), steps: 100000 });
`,
      'too-large',
      -1,
      /over the limit of 64 MB/,
      -1,
    ],
    [
      'without an optimizer',
      `import { model, param } from 'retrograd';
const w = param([3]);
export const m = model(() => w.square().sum());
`,
      'no-model',
      1,
      /No model of this file has an optimizer/,
      0,
    ],
    ['that is no program', 'const a = ;', 'syntax', 1, /./, 0],
  ];
  for (const [name, text, code, line, message, step] of failing) {
    it(`fails with its problem at its place: a program ${name}`, async () => {
      const budget = { ...impatient, tensorBytes: 64 * 2 ** 20 };
      const { trainer, reports } = trainings.start(text, { budget });
      await reports.until(({ phase }) => phase !== 'starting');
      trainer.run();
      const { problem, ...report } = await reports.until(({ phase }) => phase === 'failed');
      assert.equal(problem!.code, code, problem!.message);
      assert.match(problem!.message, message);
      if (line > 0) assert.equal(`${problem!.file}:${problem!.line}`, `main.ts:${line}`);
      if (step >= 0) assert.equal(report.step, step);
      // What is asked of it then is answered too, and a new one starts.
      assert.equal(await trainer.trace(1000), null);
      trainer.dispose();
      const next = trainings.start(quadratic);
      await next.reports.until(({ phase }) => phase === 'paused');
      next.trainer.dispose();
    });
  }

  it('answers nothing any more once it is disposed of', async () => {
    const { trainer, reports } = trainings.start(quadratic);
    await reports.until(({ phase }) => phase === 'paused');
    const [trace, weights] = [trainer.trace(1), trainer.weights()];
    trainer.dispose();
    assert.deepEqual(await Promise.all([trace, weights]), [null, []]);
    trainer.run();
    assert.deepEqual([await trainer.trace(1), await trainer.weights()], [null, []]);
  });
});

/** What a step gives depends on all before it in every way that there is: Adam's means, drawn numbers, batches, a module's own statistics, tensors and numbers that the program keeps. */
const forgetful = `import { dropout, model, nn, optim, randn, tensor } from 'retrograd';
const x = randn([40, 3], { seed: 1 });
const hidden = new nn.Linear(3, 5);
const norm = new nn.BatchNorm1d(5);
const out = new nn.Linear(5, 1);
let kept = tensor([0.5]);
let calls = 0;
export const m = model(
  (rows) => {
    calls++;
    norm.train(calls % 3 !== 0);
    const picked = x.indexSelect(0, rows);
    const h = dropout(norm.forward(hidden.forward(picked)).tanh(), 0.3);
    const y = out.forward(h).add(kept).square().mean();
    kept = h.detach().mean().reshape([1]).add(kept.mul(0.5));
    return y;
  },
  { optimizer: optim.adam({ lr: 0.05 }), batch: { size: 8, of: 40 }, steps: 40 },
);
`;
