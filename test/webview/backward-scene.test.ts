import assert from 'node:assert/strict';
import type { NodeId } from '../../engine/base/brand.ts';
import type { BackwardGraphView, BackwardNodeView } from '../../engine/explain/backward-graph/view.ts';
import type { GraphView, Reading } from '../../engine/explain/view.ts';
import { showing } from '../../webview/graph/camera.ts';
import { linksOf } from '../../webview/graph/links.ts';
import { Rooms } from '../../webview/graph/rooms.ts';
import { backwardSceneOf, beside, boxOf, counterpartOf, nodeAt, sceneOf } from '../../webview/graph/scene.ts';
import { type Direction, type Layout, edgeKey, layered } from '../../engine/picture/layout.ts';
import { reversed } from '../../webview/layout/reversed.ts';

const reading: Reading = { text: '1', magnitude: 1, scalar: 1, rows: [], histogram: [], data: [1] };
const names = ['w', 'u', 'y'];
/** w → u → y, y the loss. */
const forward: GraphView = {
  model: 'm',
  models: ['m'],
  granularity: 'named',
  loss: 2 as NodeId,
  nodes: names.map((name, i) => ({
    ...{ id: i as NodeId, name, sourceName: name, op: 'mul', kind: 'op', shape: 'scalar', dtype: 'float32' },
    ...{ value: reading, gradient: reading, noGradient: null, source: null, ops: [i as NodeId], scope: [] },
  })),
  edges: [
    { from: 0 as NodeId, to: 1 as NodeId, label: null },
    { from: 1 as NodeId, to: 2 as NodeId, label: null },
  ],
  structure: 's',
  step: null,
} as unknown as GraphView;
const gradientOf = (i: number, more: Partial<BackwardNodeView> = {}): BackwardNodeView => ({
  ...{ id: -1 - i, name: `∂y/∂${names[i]!}`, op: '', kind: 'op', shape: 'scalar', value: reading },
  ...{ of: i as NodeId, whole: true, reads: [], ...more },
});
const backward: BackwardGraphView = {
  nodes: [gradientOf(2), gradientOf(1), gradientOf(0, { reads: [1 as NodeId] })],
  edges: [
    { from: -3, to: -2, label: '· 2' },
    { from: -2, to: -1, label: '· x' },
  ],
  structure: 'b',
  note: null,
};

describe('the backward graph beside the forward graph', () => {
  for (const direction of ['down', 'right'] as const) {
    const layout = layered(forward, direction);
    const mirror = reversed(backward, layout)!;
    const both = beside(sceneOf(forward, layout), backwardSceneOf(backward, mirror));

    it(`has each gradient in the row or column of its node, its edges the other way: ${direction}`, () => {
      for (const [i] of names.entries()) {
        const own = both.nodes.find(({ view }) => view.id === i)!;
        const gradient = counterpartOf(both, own)!;
        assert.equal(gradient.view.id, -1 - i);
        assert.equal(counterpartOf(both, gradient), own);
        const along = direction === 'down' ? 'y' : 'x';
        assert.equal(gradient.box[along], own.box[along]);
      }
      const there = both.edges.find(({ key }) => key === edgeKey(0, 1))!.points;
      const back = both.edges.find(({ key }) => key === edgeKey(-2, -1))!.points;
      const along = direction === 'down' ? 'y' : 'x';
      assert.deepEqual(
        back.map((point) => point[along]),
        there.map((point) => point[along]).reverse(),
      );
    });

    it(`overlaps nowhere, and everything is within its size: ${direction}`, () => {
      const rooms = new Rooms([]);
      for (const { box } of both.nodes) {
        assert.ok(rooms.take(box));
        assert.ok(box.x >= 0 && box.y >= 0);
        assert.ok(box.x + box.width <= both.size.width && box.y + box.height <= both.size.height);
      }
    });

    it(`is linked to the node that is pointed at, and to the values that its rule reads: ${direction}`, () => {
      const links = linksOf(both, 0);
      assert.deepEqual(new Set(links.map(({ kind }) => kind)), new Set(['gradient', 'value']));
      for (const { from, to } of links) {
        // From the border of one box to the border of another.
        assert.ok(nodeAt(both, from)?.side === 'forward' && nodeAt(both, to)?.side === 'backward');
      }
      assert.deepEqual(linksOf(backwardSceneOf(backward, mirror), 0), []);
    });
  }

  it('stands in for the node where it is alone', () => {
    const alone = backwardSceneOf(backward, reversed(backward, layered(forward, 'down'))!);
    assert.deepEqual(boxOf(alone, 1 as NodeId), alone.nodes.find(({ view }) => view.id === -2)!.box);
  });

  it('has a layout of its own when it has other nodes than the forward graph', () => {
    const more = { ...backward, nodes: [...backward.nodes, gradientOf(0, { id: -9, whole: false })] };
    assert.equal(reversed(more, layered(forward, 'down')), null);
    for (const [direction, key] of [
      ['up', 'y'],
      ['left', 'x'],
    ] as const satisfies readonly (readonly [Direction, string])[]) {
      const { boxes }: Layout = layered(backward, direction);
      assert.ok(boxes.get(-3)![key] > boxes.get(-2)![key] && boxes.get(-2)![key] > boxes.get(-1)![key]);
    }
  });
});

describe('places for texts', () => {
  it('are given once, also across the squares that they are filed under', () => {
    const rooms = new Rooms([{ x: 250, y: 250, width: 20, height: 20 }]);
    assert.ok(!rooms.take({ x: 265, y: 200, width: 30, height: 60 }));
    assert.ok(rooms.take({ x: 270, y: 250, width: 30, height: 20 }));
    assert.ok(!rooms.isFree({ x: 200, y: 260, width: 600, height: 5 }));
  });
});

describe('a camera', () => {
  const camera = { x: 0, y: 0, zoom: 2 };
  const view = { width: 400, height: 300 };

  it('moves as little as brings a box into view', () => {
    assert.equal(showing(camera, { x: 50, y: 50, width: 40, height: 20 }, view), null);
    // 300 wide to 400 − 8: 120·2 + 2·100 = 440 is 48 too far.
    assert.deepEqual(showing(camera, { x: 120, y: 50, width: 100, height: 20 }, view), { x: -48, y: 0, zoom: 2 });
    assert.deepEqual(showing(camera, { x: -30, y: -5, width: 40, height: 20 }, view), { x: 68, y: 18, zoom: 2 });
  });
});
