import assert from 'node:assert/strict';
import { Sandbox, gradientOf, named, told, valuesOf } from '../sandbox/sandbox.ts';

const program = (body: string): string =>
  `import { conv2d, embedding, model, param, tensor } from 'retrograd';\nconst w = param([[1, 2], [3, 4]]);\nexport const m = model(() => {\n${body}\n});\n`;

describe('in the sandbox', () => {
  const sandbox = new Sandbox();
  after(() => sandbox.dispose());

  it('an index out of range is told where it is used', async () => {
    const result = await sandbox.run(
      program(`  const i = tensor([0, 7]);\n  const rows = w.indexSelect(0, i);\n  return rows.sum();`),
    );
    assert.match(told(result).join(), /^\w+ main\.ts:5$/);
    assert.match(result.problems[0]!.message, /indexSelect: index 7 is out of range for dimension 0 of size 2/);
  });

  it('what moves elements gives the same as outside', async () => {
    const { trace, problems } = await sandbox.run(
      program(
        `  const padded = w.pad([1, 0], -Infinity);\n  const chosen = embedding(w, [1, 1]);\n  const picked = w.index([[true, false]]);\n` +
          `  const image = conv2d(w.reshape([1, 1, 2, 2]), [[[[1, 10]]]], [100]);\n  return padded.exp().sum().mul(0).add(chosen.sum()).add(picked.sum()).add(image.sum());`,
      ),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(valuesOf(named(trace, 'padded')), [-Infinity, 1, 2, -Infinity, 3, 4]);
    assert.deepEqual(valuesOf(named(trace, 'chosen')), [3, 4, 3, 4]);
    assert.deepEqual(valuesOf(named(trace, 'image')), [121, 143]);
    // Row 0 is picked once, row 1 chosen twice, and the filter adds 1 to the first column and 10 to the second.
    assert.deepEqual(gradientOf(trace, 'w'), [2, 11, 3, 12]);
  });
});
