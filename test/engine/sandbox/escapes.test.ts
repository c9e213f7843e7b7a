import assert from 'node:assert/strict';
import type { RunResult } from '../../../engine/protocol/worker.ts';
import { attempts } from './attempts.ts';
import { Sandbox, impatient, valuesOf } from './sandbox.ts';

const good =
  "import { model, param } from 'retrograd';\nconst w = param([1, 2]);\nexport default model(() => w.mul(w).sum());\n";

describe('a program that tries to get out of the sandbox', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  before(() => (sandbox = new Sandbox()));
  after(() => sandbox.dispose());

  for (const { what, text, forges = false } of attempts) {
    it(`fails or does no harm: ${what}`, async () => {
      const root = sandbox.folder(text);
      const result = await sandbox.run('', { ...impatient, softDeadline: 400, hardDeadline: 1000 }, root);
      if (!forges)
        assert.deepEqual(
          result.problems.filter(({ code }) => code === 'internal'),
          [],
        );
      // The host refuses what it is sent; it does not stumble over it.
      for (const { message } of result.problems)
        assert.doesNotMatch(message, /Cannot read|not iterable|Invalid (typed )?array/);
      saysNothingOfTheHost(result, text, root);
      saysLittle(result);
      const { trace, problems } = await sandbox.run(good);
      assert.deepEqual(problems, []);
      assert.deepEqual(valuesOf(trace!.nodes[trace!.passes[0]!.loss]!), [5]);
    });
  }
});

/** What comes from the program is short, however long it was there: it is shown. */
function saysLittle({ trace, problems }: RunResult): void {
  for (const { message } of problems) assert.ok(message.length < 5000, `a message of ${message.length}`);
  for (const { text } of trace?.log ?? []) assert.ok(text.length <= 2000, `a line of ${text.length}`);
  for (const { name } of [...(trace?.nodes ?? []), ...(trace?.scopes ?? [])])
    assert.ok((name ?? '').length <= 200, `a name of ${name?.length}`);
}

/** Neither in what was logged, nor in what is said to the user, nor anywhere else in the trace. */
function saysNothingOfTheHost({ trace, problems }: RunResult, text: string, root: string): void {
  const said = [
    ...problems.map(({ message }) => message),
    ...(trace?.log ?? []).map(({ text }) => text),
    JSON.stringify(trace?.nodes.map(({ name, attributes }) => [name, attributes])) ?? '',
    JSON.stringify(trace?.scopes) ?? '',
  ].join('\n');
  for (const secret of [root, process.cwd(), 'node_modules', 'file://', 'worker.js', 'root:x:']) {
    // A refusal says what the program asked for.
    if (!text.includes(secret)) assert.ok(!said.includes(secret), `says ${secret}: ${said.slice(0, 2000)}`);
  }
}
