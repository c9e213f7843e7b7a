import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NodeId } from '../../../../engine/base/brand.ts';
import { PassGraph } from '../../../../engine/analysis/pass-graph.ts';
import type { Block } from '../../../../engine/autograd/block.ts';
import { Recording } from '../../../../engine/replay/recording.ts';
import { Replay } from '../../../../engine/replay/stepper/replay.ts';
import { type Move, Stepper } from '../../../../engine/replay/stepper/stepper.ts';
import type { Part } from '../../../../engine/replay/stepper/timeline.ts';
import type { TypedArray } from '../../../../engine/tensor/dtype.ts';
import type { Trace } from '../../../../engine/trace/format.ts';
import { TextRunner } from '../../explain/run-text.ts';
import { randomModel } from './random-model.ts';

const parts = ['forward', 'backward', 'both'] as const;
const moves: readonly Move[] = ['over', 'into', 'out', 'line', 'instruction'];

const replayOf = (trace: Trace, part: Part): Replay => new Replay(new PassGraph(trace, trace.passes.at(-1)!), part);
const stepperOf = ({ timeline }: Replay): Stepper => new Stepper(timeline, lineIn(timeline.graph));

/** By the first expression that a node was made by. */
const lineIn =
  (graph: PassGraph) =>
  ({ position }: { position: number }): string => {
    const timeline = new Replay(graph, 'both').timeline;
    const site = graph.node(timeline.nodeAt(Math.min(position, timeline.length - 1))).sites[0];
    return String(site);
  };

type State = [NodeId, { readonly value: TypedArray | null; readonly gradient: TypedArray | null }][];

/** All that holds at a position: which values are there, and every gradient so far. */
function stateOf(replay: Replay, position: number): State {
  return replay.graph.nodes.map((id) => [
    id,
    {
      value: replay.valueAt(position, id)?.data ?? null,
      gradient: replay.gradientAt(position, id)?.data ?? null,
    },
  ]);
}

/** The same worked out from nothing: the engine's generator, walked so far, and its contributions added up. */
function stateAfresh(graph: PassGraph, part: Part, position: number): State {
  const ops = part === 'backward' ? [] : graph.nodes.filter((id) => graph.node(id).kind === 'op');
  const recording = new Recording(graph);
  const sums = new Map<NodeId, Block>();
  if (part !== 'forward' && position >= ops.length) {
    sums.set(graph.pass.loss, recording.filled(graph.pass.loss, 1));
    const steps = recording.backward(graph.pass.loss);
    for (let i = ops.length; i < position; i++) {
      const { done, value } = steps.next();
      assert.ok(done !== true);
      const to = graph.node(value.node).inputs[value.input]!;
      const before = sums.get(to);
      const data = value.contribution.data.slice();
      if (before) for (let k = 0; k < data.length; k++) data[k]! += before.data[k]!;
      sums.set(to, { ...value.contribution, data });
    }
  }
  const next = ops[position] ?? Infinity;
  return graph.nodes.map((id) => [
    id,
    {
      value: part === 'backward' || position >= ops.length || id < next ? graph.node(id).value.data : null,
      gradient: sums.get(id)?.data ?? null,
    },
  ]);
}

describe('a replay', function () {
  this.timeout(120_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  const overRandomModels = (check: (trace: Trace, seed: number, part: Part) => void, numRuns = 25): Promise<void> =>
    fc.assert(
      fc.asyncProperty(randomModel, fc.nat(), fc.constantFrom(...parts), async (text, seed, part) =>
        check(await runner.trace(text), seed, part),
      ),
      { numRuns, seed: 20260801 },
    );

  it('ends with exactly the gradients of the run', () =>
    overRandomModels((trace) => {
      const replay = replayOf(trace, 'both');
      const { gradients } = trace.passes.at(-1)!;
      for (const id of replay.graph.nodes)
        assert.deepEqual(replay.gradientAt(replay.timeline.length, id)?.data, gradients.get(id)?.data ?? undefined);
    }));

  it('is at every moment what it would be worked out from nothing, whatever way one came there', () =>
    overRandomModels((trace, seed, part) => {
      const replay = replayOf(trace, part);
      const stepper = stepperOf(replay);
      const random = numbers(seed);
      for (let i = 0; i < 12; i++) {
        walk(stepper, random);
        assert.deepEqual(stateOf(replay, stepper.position), stateAfresh(replay.graph, part, stepper.position));
      }
    }));

  it('undoes a step by a step back, and n steps by n', () =>
    overRandomModels((trace, seed, part) => {
      const stepper = stepperOf(replayOf(trace, part));
      const random = numbers(seed);
      for (let i = 0; i < 5; i++) walk(stepper, random);
      stepper.jump(stepper.place);
      const from = stepper.place;
      const came = [from];
      for (let i = 0; i < 20 && !stepper.isAtEnd; i++) {
        stepper.step(moves[random(moves.length)]!);
        came.push(stepper.place);
      }
      for (const place of came.reverse().slice(1)) {
        stepper.back('over');
        assert.deepEqual(stepper.place, place);
      }
    }));

  it('goes back over what it went over, without a memory of it', () =>
    overRandomModels((trace, _seed, part) => {
      const { cursor } = stepperOf(replayOf(trace, part));
      for (let place = cursor.start(); ;) {
        const next = cursor.over(place);
        if (next.position === place.position) break;
        // Where a step leaves a scope that had been entered, back goes over that scope as a whole.
        if (next.depth >= place.depth) assert.deepEqual(cursor.back(next), place);
        else assert.ok(cursor.back(next).position <= place.position);
        place = next;
      }
    }));

  it('reaches the end from anywhere by every move, and the start by stepping back', () =>
    overRandomModels((trace, seed, part) => {
      const stepper = stepperOf(replayOf(trace, part));
      const random = numbers(seed);
      for (const move of moves) {
        stepper.jump(stepper.cursor.inside(random(stepper.timeline.length)));
        for (let i = 0; !stepper.isAtEnd; i++) {
          const before = stepper.place;
          stepper.step(move);
          const { position, depth } = stepper.place;
          assert.ok(position > before.position || (move === 'into' && depth > before.depth));
        }
      }
      for (const move of ['over', 'line', 'instruction'] as const) {
        stepper.jump(stepper.cursor.end());
        while (stepper.position > 0) {
          const before = stepper.position;
          stepper.back(move);
          assert.ok(stepper.position < before);
        }
      }
    }));

  const text = [
    "import { model, param } from 'retrograd';",
    'const w = param([1, 2]);',
    'function layer(x) {',
    '  const y = x.mul(w);',
    '  return y.softmax(0);',
    '}',
    'export const m = model(() => {',
    '  let h = w.add(1);',
    '  for (let i = 0; i < 2; i++) {',
    '    h = layer(h);',
    '  }',
    '  return h.sum();',
    '});',
  ].join('\n');

  /** The op at each stop, with brackets round what happens in one step. */
  const stops = (replay: Replay, move: Move, from = 0): string[] => {
    const stepper = stepperOf(replay);
    stepper.jump(from === 0 ? stepper.cursor.start() : stepper.cursor.inside(from));
    const told: string[] = [];
    for (; !stepper.isAtEnd && told.length < 60; stepper.step(move)) {
      const { timeline, cursor } = stepper;
      const scope = cursor.closed(stepper.place);
      const { op } = timeline.graph.node(timeline.nodeAt(stepper.position));
      const into = cursor.isInsideOp(stepper.place) ? ` input ${timeline.at(stepper.position)!.input}` : '';
      told.push(scope === null ? `${op}${into}` : `[${timeline.graph.trace.scopes[scope]!.name}]`);
    }
    return told;
  };

  it('steps over functions and composite ops, and through loops', async () => {
    const trace = await runner.trace(text);
    assert.deepEqual(stops(replayOf(trace, 'forward'), 'over'), ['add', '[layer]', '[layer]', 'sum']);
    assert.deepEqual(stops(replayOf(trace, 'backward'), 'over'), ['sum', '[layer]', '[layer]', 'add']);
  });

  it('steps into functions, composite ops and the inputs of an op', async () => {
    const trace = await runner.trace(text);
    const forward = stops(replayOf(trace, 'forward'), 'into');
    assert.deepEqual(forward.slice(0, 5), ['add', '[layer]', 'mul', '[softmax]', 'max']);
    const backward = stops(replayOf(trace, 'backward'), 'into');
    assert.deepEqual(backward.slice(0, 3), ['sum', '[layer]', '[softmax]']);
    const last = backward.indexOf('mul');
    assert.deepEqual(backward.slice(last, last + 3), ['mul', 'mul input 0', 'mul input 1']);
  });

  it('steps out of a composite op, then the function, then the iteration', async () => {
    const replay = replayOf(await runner.trace(text), 'forward');
    const { timeline } = replay;
    const max = Array.from({ length: timeline.length }, (_, i) => i).find(
      (i) => timeline.graph.node(timeline.nodeAt(i)).op === 'max',
    )!;
    // Out of softmax is the end of the function, out of the second iteration what follows the loop.
    assert.deepEqual(stops(replay, 'out', max), ['max', '[layer]', 'sum']);
  });

  it('adds up hundreds of contributions to one gradient in the order of the run, wherever one looks', async () => {
    const trace = await runner.trace(
      "import { model, param } from 'retrograd';\nconst w = param([0.1, 0.7]);\nexport const m = model(() => {\n  let h = w;\n  for (let i = 0; i < 150; i++) h = h.mul(w).add(w);\n  return h.sum();\n});\n",
    );
    const replay = replayOf(trace, 'backward');
    const random = numbers(7);
    const w = trace.nodes.find(({ name }) => name === 'w')!.id;
    for (let i = 0; i < 60; i++) {
      const position = random(replay.timeline.length + 1);
      const afresh = new Map(stateAfresh(replay.graph, 'backward', position));
      assert.deepEqual(replay.gradientAt(position, w)?.data ?? null, afresh.get(w)!.gradient, `at ${position}`);
    }
  });
});

function walk(stepper: Stepper, random: (below: number) => number): void {
  const kind = random(10);
  if (kind < 5) stepper.step(moves[kind]!);
  else if (kind < 8) stepper.back((['over', 'line', 'instruction'] as const)[kind - 5]!);
  else stepper.jump(stepper.cursor.inside(random(stepper.timeline.length + 1)));
}

/** A small generator of whole numbers, so that a failing walk can be walked again. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
