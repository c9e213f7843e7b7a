import assert from 'node:assert/strict';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { Presenter } from '../../../engine/explain/presenter.ts';
import { toldModel } from '../../../extension/live/told-model.ts';
import { TextRunner } from '../../engine/explain/run-text.ts';

const text = `import { model, param } from 'retrograd';
const w = param(3);
export const first = model(() => w.mul(2));
export const second = model(() => {
  const y = w.square();
  return y;
});
for (let i = 0; i < 3; i++) w.mul(i + 5).backward();
`;

describe('of several models the one in the status bar', function () {
  this.timeout(60_000);
  const runner = new TextRunner();
  const presenter = new Presenter();
  before(async () => {
    const trace = await runner.trace(text);
    presenter.begin('model.ts' as ModulePath);
    presenter.finish({ trace, problems: [], files: trace.files, timings: [] });
  });
  after(() => runner.dispose());

  const told = (shown: string | null, at: string | null, file = 'model.ts'): string | undefined => {
    presenter.choose(shown, 'named', []);
    const cursor = at === null ? null : { file: file as ModulePath, offset: text.indexOf(at) };
    return toldModel(presenter.summaries(), presenter.view, cursor)?.loss;
  };

  // w = 3: 2·3 = 6, 3² = 9, and 5·3 = 15 at the first turn of the loop.
  it('is the one that the cursor is in', () => {
    assert.match(told('first', 'w.square')!, /= 9\.0000$/);
    assert.match(told('second', 'w.mul(2)')!, /= 6\.0000$/);
    assert.match(told('second', 'return y')!, /= 9\.0000$/);
  });

  it('is the one that the panel shows, where the cursor is in none', () => {
    for (const [at, file] of [
      [null, 'model.ts'],
      ['param(3)', 'model.ts'],
      ['w.mul(2)', 'other.ts'],
    ] as const) {
      assert.match(told('second', at, file)!, /= 9\.0000$/);
      assert.match(told('first', at, file)!, /= 6\.0000$/);
    }
  });

  it('is of several passes of one place the shown one', () => {
    const names = presenter.summaries().map(({ name }) => name);
    const turn = names.find((name) => name !== 'first' && name !== 'second')!;
    presenter.choose(turn, 'named', []);
    const { pass, trace } = presenter.view!;
    const loss = presenter.summaries()[trace.passes.indexOf(pass)]!.loss;
    assert.equal(told(turn, 'backward'), loss);
  });

  it('is none where there is none', () => assert.equal(toldModel([], null, null), null));
});
