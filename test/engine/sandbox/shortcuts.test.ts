import assert from 'node:assert/strict';
import * as library from '../../../engine/library.ts';
import { defaultBudget } from '../../../engine/protocol/worker.ts';
import { Sandbox } from './sandbox.ts';

/**
 * Every function on every pair of kinds, three times, so that what the guest has met before is met again, and in another order:
 * what it remembers of one kind must not be taken for another. Nothing of it may throw; what does is told.
 */
const body = `
const { add, mul, div, pow, maximum, greater, matmul, tanh, neg, sum, reshape, softmax, relu, param, tensor, noGrad } = library;
const kinds = [
  tensor([1, 2, 3]), tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), tensor(2), tensor([1, 2, 3], { dtype: 'float64' }),
  tensor([1, 2, 3], { dtype: 'int32' }), param([1, 2, 3]), param([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), param(2), 2, 1.5, [1, 2, 3],
];
const functions = { add, mul, div, pow, maximum, greater, matmul };
const others = { tanh, neg, relu, sum: (x) => sum(x, 0), all: (x) => sum(x), rows: (x) => reshape(x, [-1, 1]), softmax };
const tell = (what, make) => {
  try {
    const y = make();
    say(what + ': ' + y.dtype + ' [' + y.shape + '] ' + y.requiresGrad + ' ' + JSON.stringify(y.toArray()));
  } catch (error) {
    say(what + ': ' + error.message);
  }
};
for (let round = 0; round < 3; round++) {
  const order = round === 1 ? [...kinds].reverse() : kinds;
  for (const [name, f] of Object.entries(functions))
    for (const a of order) for (const b of order) {
      if (round < 2) tell(name, () => f(a, b));
      else tell(name, () => noGrad(() => f(a, b)));
    }
  for (const [name, f] of Object.entries(others)) for (const a of order) tell(name, () => f(a));
}
const w = param(2);
w.mul(w).add(1).backward();
say('end ' + w.grad.item());
`;

/** An array keeps its lines apart from their number in the log, which has an end. */
const inNode = (): string[] => {
  const lines: string[] = [];
  // oxlint-disable-next-line typescript/no-implied-eval
  const run = new Function('library', 'say', body) as (given: typeof library, say: (line: string) => void) => void;
  run(library, (line) => lines.push(line));
  return lines;
};

describe("the guest's shortcuts", function () {
  this.timeout(30_000);
  let sandbox: Sandbox;
  before(() => (sandbox = new Sandbox()));
  after(() => sandbox.dispose());

  it('give and throw what the whole functions do', async () => {
    const budget = { ...defaultBudget, logLines: 10_000, softDeadline: 20_000, hardDeadline: 25_000 };
    const text = `import * as library from 'retrograd';\nconst say = (line) => console.log(line);\n{${body}}`;
    const { trace, problems } = await sandbox.run({ 'main.ts': `// @ts-nocheck\n${text}` }, budget);
    assert.deepEqual(problems, []);
    const expected = inNode();
    assert.ok(expected.length > 2000);
    assert.deepEqual(
      trace!.log.map((line) => line.text),
      expected,
    );
  });
});
