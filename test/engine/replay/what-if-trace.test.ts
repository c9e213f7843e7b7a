import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PassGraph } from '../../../engine/analysis/pass-graph.ts';
import { Replay } from '../../../engine/replay/stepper/replay.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { TextRunner } from '../explain/run-text.ts';
import { randomModel } from './stepper/random-model.ts';

/** What numbers say, without what the text says. */
const numbersOf = ({ nodes, passes: [pass] }: Trace) => ({
  values: pass!.nodes.map((id) => nodes[id]!.value),
  gradients: [...pass!.gradients].sort(([a], [b]) => a - b),
  contributions: pass!.contributions,
});

describe('the trace of a what-if', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  it('is to the last bit that of the program with the other numbers in its text', () =>
    fc.assert(
      fc.asyncProperty(randomModel, async (text) => {
        const trace = await runner.trace(text);
        const replay = new Replay(new PassGraph(trace, trace.passes[0]!), 'backward');
        const leaf = (name: string) => trace.nodes.find((node) => node.name === name)!.id;
        replay.change(leaf('v'), [0.5]);
        replay.change(leaf('w'), Float32Array.of(0.5, 1.25, 0.125));
        const edited = text.replace('param(0.75)', 'param(0.50)').replace('-0.25', '+1.25');
        assert.deepEqual(numbersOf(replay.whatIf!), numbersOf(await runner.trace(edited)));
        replay.restore();
        assert.equal(replay.whatIf, null);
        const end = replay.timeline.length;
        for (const [id, { data }] of trace.passes[0]!.gradients)
          assert.deepEqual(replay.gradientAt(end, id)?.data, data);
      }),
      { seed: 20260811, numRuns: 25 },
    ));

  it('is none where every leaf has the number of the run again', async () => {
    const text =
      "import { model, param } from 'retrograd';\nconst w = param(3);\nexport const m = model(() => w.mul(w));\n";
    const trace = await runner.trace(text);
    const replay = new Replay(new PassGraph(trace, trace.passes[0]!), 'backward');
    const w = trace.nodes.find(({ name }) => name === 'w')!.id;
    replay.change(w, [5]);
    // 5², and 2 · 5.
    assert.deepEqual([...replay.whatIf!.nodes[trace.passes[0]!.loss]!.value.data!], [25]);
    assert.deepEqual([...replay.whatIf!.passes[0]!.gradients.get(w)!.data!], [10]);
    assert.equal(replay.whatIf, replay.whatIf, 'made once');
    replay.change(w, [3]);
    assert.deepEqual([replay.isWhatIf, replay.whatIf, replay.given], [false, null, []]);
  });
});
