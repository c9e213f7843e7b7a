import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** x = 3: y = x² = 9, dy/dx = 6. */
const square = {
  id: 'square',
  nodes: [
    { id: 0, op: 'input', dtype: 'float64', shape: [], data: [3] },
    { id: 1, op: 'square', in: [0], attrs: {}, shape: [] },
  ],
  loss: 1,
  expected: { values: [null, [9]], grads: [[6], [1]] },
};
const file = (...cases: readonly object[]): string => JSON.stringify({ format: 'autograd-ref/1', cases });

describe('npm run conformance', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'retrograd-references-'));
  after(() => rmSync(folder, { recursive: true }));

  /** What the command prints to each stream, and its exit code. */
  function ran(
    content: string | null,
    ...options: readonly string[]
  ): { out: string; err: string; code: number | null } {
    const path = join(folder, 'cases.json');
    rmSync(path, { force: true });
    if (content !== null) writeFileSync(path, content);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx/esm', 'test/conformance/main.ts', ...options, path],
      { cwd: root, encoding: 'utf8' },
    );
    return { out: stdout, err: stderr, code: status };
  }

  it('counts what passed', () => {
    const { out, code } = ran(file(square));
    assert.equal(code, 0);
    assert.deepEqual(out.trim().split('\n'), [
      'worst relative error in node: 0.00e+0 (square, node 0 (input))',
      'worst relative error in sandbox: 0.00e+0 (square, node 0 (input))',
      '1 passed, 0 failed',
    ]);
  });

  it('says what failed: case, way, node, op, element, both numbers', () => {
    const wrong = { ...square, expected: { values: [null, [9]], grads: [[5], [1]] } };
    const { out, code } = ran(file(wrong, square), '--in', 'sandbox');
    assert.equal(code, 1);
    assert.deepEqual(out.trim().split('\n'), [
      '✘ square [sandbox]',
      '    node 0 (input): gradient[0] is 6, expected 5',
      'worst relative error in sandbox: 2.00e-1 (square, node 0 (input))',
      '1 passed, 1 failed',
    ]);
  });

  it('fails a case whose op it does not know, by name, and goes on', () => {
    const unknown = { ...square, id: 'odd', nodes: [square.nodes[0], { ...square.nodes[1], op: 'constructor' }] };
    const { out, code } = ran(file(unknown, square), '--in=node');
    assert.equal(code, 1);
    assert.match(out, /✘ odd \[node\]\n {4}node 1: there is no word for the op "constructor"/);
    assert.match(out, /1 passed, 1 failed\n$/);
  });

  it('fails a file that is no reference and a case that is malformed, by name, and goes on', () => {
    for (const [content, complaint] of [
      [null, /cases\.json: there is no such file\./],
      ['{', /this is not JSON/],
      ['[]', /not "autograd-ref\/1"/],
      ['{ "format": "autograd-ref/2", "cases": [] }', /its format is "autograd-ref\/2"/],
      [file({ ...square, expected: {} }), /case 0: square does not expect values for its 2 nodes/],
      [file({ ...square, nodes: [square.nodes[1], square.nodes[0]] }), /node 0 of square is malformed/],
      [file({ ...square, nodes: [{ ...square.nodes[0], data: ['3'] }, square.nodes[1]] }), /node 0 of square is malf/],
    ] as const) {
      const { out, err, code } = ran(content, '--in', 'node');
      assert.deepEqual([out.trim().split('\n').at(-1), code], ['0 passed, 1 failed', 1], err);
      assert.match(err, complaint);
      assert.equal(err.trim().split('\n').length, 1);
    }
    const { out, err, code } = ran(file({ ...square, expected: {} }, square), '--in', 'node');
    assert.match(err, /case 0: square does not expect values/);
    assert.deepEqual([out.trim().split('\n').at(-1), code], ['1 passed, 1 failed', 1]);
  });

  it('ends with 2 when it is called wrongly', () => {
    assert.match(ran(file(square), '--in', 'both', '--fast').err, /--fast.*npm run conformance/);
    assert.match(ran(file(square), '--in', 'space').err, /--in takes node, sandbox or both, not 'space'/);
  });
});
