import assert from 'node:assert/strict';
import type { NodeId } from '../../engine/base/brand.ts';
import type { GraphView, NodeView, Reading } from '../../engine/explain/view.ts';
import { parsePanelView, parseToHost } from '../../engine/protocol/parse-panel.ts';
import { contentSecurityPolicy, panelPage } from '../../engine/protocol/page.ts';
import { fit, toGraph, toPanel } from '../../webview/graph/camera.ts';
import { colourAt, extremeOf, placeOnScale } from '../../engine/picture/gradient-size.ts';
import { matches, nodeAt, sceneOf } from '../../webview/graph/scene.ts';
import { placeCard } from '../../webview/inspector/place-card.ts';
import { toElk } from '../../engine/picture/elk-graph.ts';
import { layered } from '../../engine/picture/layout.ts';
import { type Elk, Layouter } from '../../webview/layout/layouter.ts';

const reading = (scalar: number): Reading => ({
  text: String(scalar),
  magnitude: Math.abs(scalar),
  scalar,
  rows: [],
  histogram: [],
  data: [scalar],
});
const node = (id: number, name: string, gradient: number | null = 1): NodeView => ({
  id: id as NodeId,
  name,
  sourceName: name,
  op: 'mul, add',
  kind: 'op',
  shape: 'scalar',
  dtype: 'float32',
  value: reading(id),
  gradient: gradient === null ? null : reading(gradient),
  noGradient: null,
  source: null,
  ops: [id as NodeId],
  scope: [],
  element: null,
});
const graphOf = (names: readonly string[], structure: string): GraphView => ({
  model: 'm',
  models: ['m'],
  granularity: 'named',
  loss: (names.length - 1) as NodeId,
  nodes: names.map((name, id) => node(id, name)),
  edges: names.slice(1).map((_, i) => ({ from: i as NodeId, to: (i + 1) as NodeId, label: null })),
  structure,
  step: null,
  element: null,
});

/** elkjs as far as a layouter sees it: rows of what it was given. */
function countingElk(): { elk: Elk; asked: Parameters<Elk['layout']>[0][] } {
  const asked: Parameters<Elk['layout']>[0][] = [];
  const elk: Elk = {
    layout: (graph) => {
      asked.push(graph);
      return Promise.resolve({
        ...graph,
        children: graph.children!.map((child, i) => ({ ...child, x: 0, y: i * 100 })),
      });
    },
  };
  return { elk, asked };
}

describe('layout', () => {
  it('is not made again while the structure stays, and asks what stayed to keep its place when it changes', async () => {
    const { elk, asked } = countingElk();
    const layouter = new Layouter(Promise.resolve(elk));
    const first = await layouter.layOut(graphOf(['a', 'b', 'c'], 's1'), 'down');
    assert.equal(await layouter.layOut(graphOf(['a', 'b', 'c'], 's1'), 'down'), first);
    assert.equal(layouter.count, 1);
    await layouter.layOut(graphOf(['a', 'new', 'b', 'c'], 's2'), 'down');
    assert.equal(layouter.count, 2);
    assert.equal(asked[0]!.layoutOptions!['elk.layered.nodePlacement.strategy'], undefined);
    assert.equal(asked[1]!.layoutOptions!['elk.layered.nodePlacement.strategy'], 'INTERACTIVE');
    assert.deepEqual(
      asked[1]!.children!.map(({ x, y }) => [x, y]),
      [
        [0, 0],
        // New: amid what it reads and what reads it.
        [0, 50],
        [0, 100],
        [0, 200],
      ],
    );
  });

  it('is plain when elkjs fails', async () => {
    const layouter = new Layouter(Promise.resolve({ layout: () => Promise.reject(new Error('too large')) }));
    const { boxes } = await layouter.layOut(graphOf(['a', 'b'], 's'), 'down');
    assert.ok(boxes.get(1)!.y > boxes.get(0)!.y);
  });

  it('tells elkjs sizes and edges', () => {
    const { children, edges } = toElk(graphOf(['a', 'b'], 's'), 'right', null);
    assert.ok(children!.every(({ width, height }) => width! >= 164 && height === 58));
    assert.deepEqual(
      edges!.map(({ sources, targets }) => [sources, targets]),
      [[['0'], ['1']]],
    );
  });
});

describe('scene', () => {
  const graph = graphOf(['a', 'b'], 's');
  const scene = sceneOf(graph, layered(graph, 'down'));

  it('finds the node at a point, also through the camera', () => {
    const camera = fit(scene.size, { width: 400, height: 400 });
    const box = scene.nodes[1]!.box;
    const middle = toPanel(camera, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    assert.equal(nodeAt(scene, toGraph(camera, middle))!.view.name, 'b');
    assert.equal(nodeAt(scene, { x: -1, y: -1 }), null);
  });

  it('searches names, ops, and sizes of gradients', () => {
    const small = node(1, 'hidden', 1e-9);
    assert.ok(matches(small, 'HID') && matches(small, 'mul') && matches(small, 'grad < 1e-6'));
    assert.ok(!matches(small, 'grad > 1e-6') && !matches(small, 'other') && !matches(node(1, 'n', null), 'grad < 1'));
  });
});

describe('colour scale', () => {
  it('goes by decades from vanishing to exploding, and says so by a sign too', () => {
    assert.deepEqual([1e-8, 1e-3, 1e2, 0, 1e9].map(placeOnScale), [0, 0.5, 1, 0, 1]);
    assert.deepEqual(
      [extremeOf(1e-9, true), extremeOf(1, true), extremeOf(1e3, true), extremeOf(null, true), extremeOf(null, false)],
      ['vanishing', null, 'exploding', 'non-finite', null],
    );
    assert.equal(colourAt(0), 'rgb(59, 111, 190)');
    assert.equal(colourAt(1), 'rgb(210, 81, 60)');
  });
});

describe('hover card', () => {
  it('stands in the panel, beside its node', () => {
    const card = { width: 300, height: 150 };
    const place = placeCard({ x: 10, y: 10, width: 100, height: 50 }, [], card, { width: 600, height: 400 });
    assert.deepEqual(place, { left: 122, top: 10 });
    const cornered = placeCard({ x: 480, y: 340, width: 100, height: 50 }, [], card, { width: 600, height: 400 });
    assert.ok(cornered.left >= 0 && cornered.left + 300 <= 480 && cornered.top + 150 <= 400);
  });
});

describe('messages', () => {
  const good: readonly unknown[] = [
    { type: 'ready', view: null },
    { type: 'ask', request: 1, sequence: 2, question: { kind: 'card', node: 3 } },
    { type: 'choose', model: 'm', granularity: 'op', opened: [1] },
    { type: 'run' },
  ];
  for (const message of good)
    it(`${JSON.stringify(message)} is one`, () => assert.deepEqual(parseToHost(message), message));

  const hostile: readonly unknown[] = [
    null,
    3,
    'run',
    [],
    {},
    { type: 'eval', code: '1' },
    { type: 'reveal', node: '1' },
    { type: 'reveal', node: -1 },
    { type: 'reveal', node: NaN },
    { type: 'reveal', node: 1e300 },
    { type: 'ask', request: 1, sequence: 2 },
    { type: 'ask', request: 1, sequence: 2, question: { kind: 'source', node: 3 } },
    { type: 'choose', model: 'm'.repeat(5000), granularity: 'op', opened: [] },
    { type: 'choose', model: 'm', granularity: 'fine', opened: [] },
    { type: 'choose', model: 'm', granularity: 'op', opened: new Array(5000).fill(1) },
    { type: 'ready', view: { model: {} } },
  ];
  hostile.forEach((message, i) => it(`hostile message ${i} is none`, () => assert.equal(parseToHost(message), null)));
  it('a remembered view of any other shape is forgotten', () =>
    assert.equal(parsePanelView({ camera: { x: 'NaN' } }), null));
});

describe('page', () => {
  it('allows nothing unsafe, and takes no markup from its arguments', () => {
    const policy = contentSecurityPolicy({ cspSource: 'https://resources', nonce: 'abc' });
    assert.doesNotMatch(policy, /unsafe/);
    const html = panelPage({
      script: '"><script>alert(1)</script>',
      style: 's',
      elkWorker: 'e',
      cspSource: "'self'",
      language: { tag: 'en', translations: null },
    });
    assert.doesNotMatch(html, /<script>alert/);
  });
});
