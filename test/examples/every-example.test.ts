import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ELK from 'elkjs/lib/elk.bundled.js';
import { checkView } from '../../engine/explain/check/build.ts';
import { buildCard } from '../../engine/explain/card.ts';
import { buildGraph } from '../../engine/explain/graph.ts';
import { hoverMarkdown } from '../../engine/explain/hover.ts';
import { PassView } from '../../engine/explain/pass-view.ts';
import type { Granularity } from '../../engine/explain/view.ts';
import { Replay } from '../../engine/replay/stepper/replay.ts';
import { Stepper } from '../../engine/replay/stepper/stepper.ts';
import type { Trace } from '../../engine/trace/format.ts';
import { fromElk, toElk } from '../../engine/picture/elk-graph.ts';
import { root } from './command-line.ts';
import { traceOf } from './documents.ts';
import { near } from './numbers.ts';

const granularities: readonly Granularity[] = ['named', 'op'];

/** What each example has to stand, whatever it is about. */
describe('every example', function () {
  this.timeout(60_000);
  for (const example of readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'))) {
    describe(example, () => {
      const trace = (): Trace => traceOf(example.replace('.ts', ''));
      const views = (): PassView[] =>
        trace().passes.flatMap((pass) => granularities.map((granularity) => new PassView(trace(), pass, granularity)));

      it('traces without a problem', () => assert.deepEqual(trace().problems, []));

      it('is laid out, every node in a place of its own', async () => {
        for (const view of views()) {
          const graph = buildGraph(view);
          const layout = fromElk(await new ELK().layout(toElk(graph, 'down', null)), 'down');
          const boxes = graph.nodes.map(({ id }) => layout.boxes.get(id)!);
          boxes.forEach((a, i) =>
            boxes.slice(i + 1).forEach((b) => {
              const apart =
                a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
              assert.ok(apart, `${view.pass.name}, ${view.granularity}`);
            }),
          );
        }
      });

      it('explains each of its nodes, by a sum that is the gradient', () => {
        for (const view of views()) {
          for (const { id, name, gradient } of buildGraph(view).nodes) {
            const card = buildCard(view, id);
            assert.ok(hoverMarkdown(card).includes('∂'), name);
            const [whole, sum] = [gradient?.scalar ?? null, card.sum?.scalar ?? null];
            if (whole !== null && sum !== null)
              assert.ok(
                Math.abs(sum - whole) <= 1e-5 * Math.max(1, Math.abs(whole)),
                `${name}: ${sum} against ${whole}`,
              );
          }
        }
      });

      it('agrees with central differences', () => {
        for (const pass of trace().passes) {
          // The elements of larger tensors all have a part in the direction that is tried too.
          const steps = checkView(new PassView(trace(), pass, 'named'), { node: null, elements: 8 });
          let step = steps.next();
          while (!step.done) step = steps.next();
          assert.ok(step.value.passed, `${pass.name}: ${step.value.summary}`);
        }
      });

      it('steps backward to the gradients of the run, and back again', () => {
        for (const pass of trace().passes) {
          const replay = new Replay(new PassView(trace(), pass, 'op').graph, 'backward');
          const stepper = new Stepper(replay.timeline, () => '');
          while (!stepper.isAtEnd) stepper.step('instruction');
          for (const [id, { data, statistics }] of pass.gradients) {
            const there = replay.gradientAt(stepper.position, id);
            if (data) assert.deepEqual(there && Array.from(there.data), Array.from(data), `${pass.name}: ${id}`);
            // What is too large for the trace to keep is known by its statistics.
            else near(Math.hypot(...there!.data), statistics.norm, `${pass.name}: ${id}`, 1e-9);
          }
          for (let i = replay.timeline.length; i > 0; i--) stepper.back('instruction');
          assert.equal(stepper.position, 0);
        }
      });
    });
  }
});
