import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Scope, Trace } from '../../../engine/trace/format.ts';
import { Sandbox } from '../sandbox/sandbox.ts';
import { learned } from './network.ts';

describe('networks in the sandbox', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let trace: Trace;

  before(async () => {
    sandbox = new Sandbox();
    const text = readFileSync(new URL('./network.ts', import.meta.url), 'utf8');
    const result = await sandbox.run(text.replace(/'[^']*library\.ts'/, "'retrograd'"));
    assert.deepEqual(result.problems, []);
    trace = result.trace!;
  });
  after(() => sandbox.dispose());

  it('give the losses that they give in Node, before and after a step', () => {
    const { step } = trace.passes[0]!;
    assert.deepEqual([step!.lossBefore, step!.lossAfter], learned.train(2));
  });

  it('are shown as modules in modules, and their parameters by their paths', () => {
    const path = ({ parent, kind, name }: Scope): string[] => [
      ...(parent === null ? [] : path(trace.scopes[parent]!)),
      ...(kind === 'module' ? [name] : []),
    ];
    const modules = new Set(trace.scopes.map((scope) => path(scope).join(' › ')));
    for (const expected of ['net › blocks.1 › selfAttn › outProj', 'net › lstm › cells.1', 'net › norm'])
      assert.ok(modules.has(expected), [...modules].join('\n'));
    const names = trace.nodes.filter(({ kind }) => kind === 'parameter').map(({ name }) => name);
    for (const expected of ['embedding.weight', 'blocks.0.norm1.bias', 'lstm.cells.1.weightHh', 'out.bias'])
      assert.ok(names.includes(expected), names.join('\n'));
  });

  it('are told in which layer a shape does not fit', async () => {
    const { problems } = await sandbox.run(
      `import { model, nn, ones } from 'retrograd';
const net = new nn.Sequential(new nn.Linear(3, 2), new nn.Linear(3, 1));
export const m = model(() => net.forward(ones([4, 3])).sum());`,
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]!.message, /linear: x \[4, 2\], weight \[1, 3\]/);
  });
});
