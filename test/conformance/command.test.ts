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
/** A case in which something else is said of a node. */
const withNode = (at: number, said: object): string =>
  file({ ...square, nodes: square.nodes.map((node, i) => (i === at ? { ...node, ...said } : node)) });
const file = (...cases: readonly object[]): string => JSON.stringify({ format: 'autograd-ref/1', cases });

describe('npm run conformance', function () {
  this.timeout(180_000);
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
      ['[]', /it does not say \{ "format": "autograd-ref\/1"/],
      ['{ "format": "autograd-ref/2", "cases": [] }', /its format is "autograd-ref\/2"/],
      [file({ ...square, expected: {} }), /case 0: square does not expect values for its 2 nodes/],
      ['{ "format": "autograd-ref/1", "cases": [] }', /cases\.json: its list of cases is empty\./],
      ['{ "format": "autograd-ref/1", "dtype": "float32", "cases": [] }', /its dtype is "float32"; .* in float64\./],
      [
        file({ ...square, nodes: [square.nodes[1], square.nodes[0]] }),
        /case 0: node 0 of square: its id is 1; ids count/,
      ],
      [withNode(0, { data: ['3'] }), /node 0 of square: its data are not all numbers/],
      [withNode(0, { data: [3, 4] }), /node 0 of square: it has 2 numbers for the shape \[\]/],
      [withNode(0, { data: undefined }), /node 0 of square: it is a leaf \(input\) without data/],
      [withNode(0, { dtype: 'complex64' }), /node 0 of square: its dtype is "complex64"/],
      [withNode(1, { in: [1] }), /node 1 of square: its inputs \[1\] are not all ids of earlier nodes/],
      [withNode(1, { shape: '[]' }), /node 1 of square: its shape is "\[\]"/],
      [file({ ...square, loss: '1' }), /square: its loss "1" is none of its 2 nodes/],
      [
        file({ ...square, expected: { values: [null, 9], grads: [null, null] } }),
        /of node 1 it expects values 9; a flat/,
      ],
      [file({ ...square, expected: { values: [null, null], grads: [null, null] } }), /square expects no number at all/],
    ] as const) {
      const { out, err, code } = ran(content, '--in', 'node');
      assert.deepEqual([out.trim().split('\n').at(-1), code], ['0 passed, 1 failed', 1], err);
      assert.match(err, complaint);
      assert.equal(err.trim().split('\n').length, 1);
    }
    assert.match(ran('', '--in', 'node', folder).err, /: this is a folder\./);
    const { out, err, code } = ran(file({ ...square, expected: {} }, square), '--in', 'node');
    assert.match(err, /case 0: square does not expect values/);
    assert.deepEqual([out.trim().split('\n').at(-1), code], ['1 passed, 1 failed', 1]);
  });

  it('says which attribute it left out of a case that fails', () => {
    const cubed = { ...square, nodes: [square.nodes[0], { ...square.nodes[1], attrs: { power: 3 } }] };
    const wrong = { ...cubed, expected: { values: [null, [27]], grads: [[27], [1]] } };
    assert.match(ran(file(wrong), '--in', 'node').out, /node 1 \(square\): there is no word for its attribute "power"/);
    assert.equal(ran(file(cubed), '--in', 'node').code, 0);
  });

  it('looks at every element of large tensors', () => {
    const count = 100_000;
    const [data, ones] = [new Array<number>(count).fill(0.5), new Array<number>(count).fill(1)];
    const nodes = [
      { id: 0, op: 'input', dtype: 'float64', shape: [count], data },
      { id: 1, op: 'sum', in: [0], attrs: { dim: null, keepdim: false }, shape: [] },
    ];
    // The same extremes, mean and deviation as of the right one.
    const swapped = ones.map((one, i) => (i === 7 ? 2 : i === 8 ? 0 : one));
    const large = (first: readonly number[]): object => ({
      id: 'large',
      nodes,
      loss: 1,
      expected: { values: [null, [count / 2]], grads: [first, [1]] },
    });
    assert.equal(ran(file(large(ones))).code, 0);
    assert.match(ran(file(large(swapped)), '--in', 'node').out, /node 0 \(input\): gradient\[7\] is 1, expected 2/);
  });

  it('fails when no case is chosen, and tells how it is called', () => {
    const { err, out, code } = ran(file(square), '--only', 'cube');
    assert.match(err, /None of the 1 cases has "cube" in its id or ops\./);
    assert.deepEqual([out, code], ['0 passed, 0 failed\n', 1]);
    const help = ran(file(square), '--help');
    assert.deepEqual([help.code, /--only TEXT/.test(help.out)], [0, true]);
  });

  it('ends with 2 when it is called wrongly', () => {
    assert.match(ran(file(square), '--in', 'both', '--fast').err, /--fast.*npm run conformance/);
    assert.match(ran(file(square), '--in', 'space').err, /--in takes node, sandbox or both, not 'space'/);
  });
});
