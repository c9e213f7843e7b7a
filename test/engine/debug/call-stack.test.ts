import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NodeId } from '../../../engine/base/brand.ts';
import { TextRunner } from '../explain/run-text.ts';
import { randomModel } from '../replay/stepper/random-model.ts';
import { TestClient, TestHost } from './in-process.ts';

describe('the call stack of the debugger', function () {
  this.timeout(120_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  it('leads from every op to the loss, each frame an op that uses the one above it, then through the scopes round the op', () =>
    fc.assert(
      fc.asyncProperty(randomModel, async (text) => {
        const client = new TestClient(new TestHost(await runner.run(text)));
        await client.launch();
        const session = client.adapter.session!;
        const { graph, stepper, route } = session.playback;
        for (let position = 0; position < stepper.timeline.length; position++) {
          session.goTo(stepper.cursor.inside(position), { reason: 'goto' });
          const { frames } = session;
          const all = Array.from({ length: frames.length }, (_, i) => frames.at(i));
          assert.ok(!all.includes(null));
          assert.equal(frames.at(frames.length), null);
          let last: NodeId = stepper.timeline.nodeAt(position);
          for (const frame of all) {
            if (frame?.kind !== 'consumer') continue;
            assert.equal(graph.hasGradient(frame.node), true);
            // Either it uses what is above it, or it is the last op of a composite op that does.
            const used = frame.composite === null ? graph.node(frame.node).inputs : route.inputsOf(frame.node);
            assert.ok(used.includes(last), `${last} → ${frame.node}`);
            assert.equal(graph.trace.scopes[frame.composite ?? -1]?.kind ?? 'composite', 'composite');
            last = frame.node;
          }
          assert.equal(last, graph.pass.loss);
        }
        client.adapter.dispose();
      }),
      { seed: 20260807, numRuns: 15 },
    ));

  it('takes the way along which the gradient shrinks least', async () => {
    // z = 0.1·a + 5·b with a = 3·w, b = 2·w: ∂z/∂w through a is 0.3, through b 10.
    const text = [
      "import { model, param } from 'retrograd';",
      'const w = param(1);',
      'export const m = model(() => {',
      '  const v = w.mul(1);',
      '  const a = v.mul(3);',
      '  const b = v.mul(2);',
      '  const z = a.mul(0.1).add(b.mul(5));',
      '  return z;',
      '});',
    ].join('\n');
    const client = new TestClient(new TestHost(await runner.run(text)));
    await client.launch();
    const session = client.adapter.session!;
    const { timeline } = session.playback.stepper;
    session.goTo(session.playback.stepper.cursor.inside(timeline.length - 1), { reason: 'goto' });
    const { frames } = session;
    const names = Array.from({ length: frames.length }, (_, i) => frames.nameOf(frames.at(i)!));
    assert.deepEqual(
      names.map((name) => name.split(' · ')[0]),
      ['v', 'b', names[2]!.split(' · ')[0], 'z', 'computed in', 'model m'],
    );
    assert.match(names[2]!, /^mul#\d+ · ∂z\/∂mul#\d+ = 1\.0000$/);
  });
});
