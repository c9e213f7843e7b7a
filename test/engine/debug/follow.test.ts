import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NodeId } from '../../../engine/base/brand.ts';
import { follow, gradientStanding, hintAt, positionOf } from '../../../engine/debug/follow.ts';
import type { Session } from '../../../engine/debug/session.ts';
import { inlaysOf } from '../../../engine/explain/inlays.ts';
import { TextRunner, file } from '../explain/run-text.ts';
import { randomModel } from '../replay/stepper/random-model.ts';
import { TestClient, TestHost } from './in-process.ts';

// ∂z/∂w = 5 + 2: the rule of b comes first, because b was computed last.
const shared = [
  "import { model, param } from 'retrograd';",
  'const w = param(3);',
  'export const m = model(() => {',
  '  const a = w.mul(2);',
  '  const b = w.mul(5);',
  '  const z = a.add(b);',
  '  return z;',
  '});',
].join('\n');

describe('what panel and hints show of a debug session', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  async function launched(text: string, pass = 'backward'): Promise<TestClient> {
    const client = new TestClient(
      new TestHost(await runner.run(text), file, (overrides) => runner.run(text, overrides)),
    );
    await client.launch({ pass });
    return client;
  }

  /** The hints of the run, by name, as they are where the session stands. */
  function hints(session: Session, ofTensors = true): Record<string, string> {
    const { view, names } = session.playback;
    const told = inlaysOf(view).map(({ node, value, gradient }) => {
      const hint = hintAt(session, node, { value, gradient }, ofTensors);
      return [names.shown(node), [hint.value, hint.gradient].filter(Boolean).join(' ')] as const;
    });
    return Object.fromEntries(told);
  }

  it('shows gradients only where they are, and a sum that is not complete as it stands', async () => {
    const client = await launched(shared, 'both');
    const session = client.adapter.session!;
    const at = (position: number): Record<string, string> => {
      session.goTo(session.playback.stepper.cursor.inside(position), { reason: 'goto' });
      return hints(session);
    };
    // Three ops forward, then the two rules of add, that of b, that of a.
    assert.deepEqual(at(0), { w: '', a: '', b: '', z: '' });
    assert.deepEqual(at(2), { w: '', a: '6.0000', b: '15.0000', z: '' });
    assert.deepEqual(at(3), { w: '', a: '6.0000', b: '15.0000', z: '21.0000' });
    assert.deepEqual(at(5), { w: '', a: '6.0000 ∂z 1.0000', b: '15.0000 ∂z 1.0000', z: '21.0000' });
    assert.deepEqual(at(6)['w'], '∂z 5.0000 + …');
    assert.deepEqual(hints(session, false)['w'], '');
    assert.deepEqual(at(7)['w'], '∂z 7.0000');
  });

  it('shows the numbers of a what-if in the hints, and those of the run again when that is over', async () => {
    const client = await launched(shared);
    const session = client.adapter.session!;
    const run = hints(session);
    assert.deepEqual(follow(session, []).whatIf, []);
    await client.ask('setExpression', { expression: 'w', value: '4' });
    assert.deepEqual(hints(session), { w: '', a: '8.0000', b: '20.0000', z: '28.0000' });
    assert.deepEqual(follow(session, []).whatIf, ['w = 4 (was 3)']);
    assert.equal(follow(session, null).isShown, false);
    await client.ask('restoreRun');
    assert.deepEqual(hints(session), run);
    assert.deepEqual(follow(session, []).whatIf, []);
    assert.match((client.take('output').at(-1)!.body as { output: string }).output, /values of the run are back/);
  });

  it('keeps each of two changes that come at once', async () => {
    const client = await launched(
      "import { model, param } from 'retrograd';\nconst a = param(2);\nconst b = param(3);\nexport const m = model(() => a.mul(b));\n",
    );
    const answers = await Promise.all([
      client.ask('setExpression', { expression: 'a', value: '5' }),
      client.ask('setExpression', { expression: 'b', value: '7' }),
    ]);
    assert.deepEqual(
      answers.map(({ success }) => success),
      [true, true],
    );
    const session = client.adapter.session!;
    assert.deepEqual(follow(session, []).whatIf, ['a = 5 (was 2)', 'b = 7 (was 3)']);
    const { graph, replay } = session.playback;
    assert.deepEqual([...replay.value(graph.pass.loss).data], [35]);
  });

  it('lists a few of many changed elements, each with its place', async () => {
    const client = await launched(
      "import { model, param } from 'retrograd';\nconst W = param([[1, 2], [3, 4]]);\nexport const m = model(() => W.add(0.5).sum());\n",
    );
    for (const [element, value] of [
      ['W[1][0]', '2.5'],
      ['W[0, 1]', '−1'],
      ['W[0][0]', '0.1'],
      ['W[1][1]', '7'],
    ])
      await client.ask('setExpression', { expression: element!.replace(', ', ']['), value });
    const { whatIf } = follow(client.adapter.session!, []);
    assert.deepEqual(whatIf, ['W[0,0] = 0.1 (was 1)', 'W[0,1] = −1 (was 2)', 'W[1,0] = 2.5 (was 3)', '…']);
  });

  it('finds the moment of a node in the pass that one is in', async () => {
    const client = await launched(shared, 'both');
    const session = client.adapter.session!;
    const at = (position: number): Record<string, number | null> => {
      session.goTo(session.playback.stepper.cursor.inside(position), { reason: 'goto' });
      const { names, view } = session.playback;
      return Object.fromEntries(view.graph.nodes.map((id) => [names.written(id), positionOf(session, id)]));
    };
    // Forward a, b, z; backward z to a and to b, b to w, a to w, which is the last that w gets. Numbers have no gradient.
    const forward = at(1);
    assert.deepEqual([forward['a'], forward['b'], forward['z'], forward['w']], [0, 1, 2, 6]);
    const backward = at(5);
    assert.deepEqual([backward['z'], backward['b'], backward['a'], backward['w']], [3, 5, 6, 6]);
    assert.ok(Object.values(backward).includes(null));
  });

  it('agrees with the gradients that are there, at every moment of random passes', () =>
    fc.assert(
      fc.asyncProperty(randomModel, async (text) => {
        const client = await launched(text, 'both');
        const session = client.adapter.session!;
        const { graph, replay, stepper } = session.playback;
        const { timeline, cursor } = stepper;
        const shown = graph.nodes.map((id) => ({ id, ops: [id] }));
        for (let position = 0; position <= timeline.length; position++) {
          session.goTo(cursor.inside(position), { reason: 'goto' });
          const state = follow(session, shown);
          const faint = new Set<NodeId>(state.faint);
          const isForward = position < timeline.forwardLength;
          assert.equal(state.current, position < timeline.length ? timeline.nodeAt(position) : null);
          for (const id of graph.nodes) {
            const gradient = replay.gradientAt(position, id);
            const standing = gradientStanding(session, id);
            assert.equal(gradient !== null, standing === 'whole' || standing === 'part');
            const final = graph.pass.gradients.get(id)?.data;
            if (standing === 'whole' && final) assert.deepEqual([...gradient!.data], [...final]);
            if (isForward) assert.equal(faint.has(id), replay.valueAt(position, id) === null);
            else assert.equal(faint.has(id), standing === 'none' || standing === 'part');
          }
        }
        client.adapter.dispose();
      }),
      { seed: 20260808, numRuns: 15 },
    ));
});
