import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { BackwardGraphView } from '../../engine/explain/backward-graph/view.ts';
import { metaOf } from '../host.ts';
import { graphAsDrawn } from '../inspector/what-if-state.ts';
import { type Direction, type Drawable, isVertical } from '../../engine/picture/layout.ts';
import { Layouter, startElk } from '../layout/layouter.ts';
import { reversed } from '../layout/reversed.ts';
import { type Size, compactSize } from '../../engine/picture/size.ts';
import { useLayout } from '../layout/use-layout.ts';
import { graph, sides } from '../state.ts';
import { backward } from './backward.ts';
import { type Scene, backwardSceneOf, beside, sceneOf } from './scene.ts';

const elk = startElk(metaOf('retrograd-elk-worker') ?? '');
const layouters = { usual: new Layouter(elk), compact: new Layouter(elk), backward: new Layouter(elk) };

/** How many layouts were made. */
export const layoutCount = (): number => layouters.usual.count + layouters.compact.count + layouters.backward.count;

/** What is to be drawn, as soon as it is laid out: of either graph or of both. */
export function useScene(size: ReadonlySignal<Size>): ReadonlySignal<Scene | null> {
  const direction = useComputed<Direction | null>(() => {
    const { width, height } = size.value;
    return width === 0 ? null : width > height * 1.9 ? 'right' : 'down';
  });
  const turned = useComputed<Direction | null>(() => direction.value && (isVertical(direction.value) ? 'up' : 'left'));
  const usual = useLayout(
    useComputed(() => (sides.value === 'forward' ? graph.value : null)),
    direction,
    layouters.usual,
  );
  // With B in the picture each node has to be as wide as its gradient, which stands in the same place.
  const small = useComputed(() => graph.value && backward.value && compacted(graph.value, backward.value));
  const compact = useLayout(small, direction, layouters.compact);
  // By name B is G with its edges turned round, and is laid out like it; op by op it has nodes of its own.
  const mirrored = useComputed(() => backward.value && compact.value && reversed(backward.value, compact.value));
  const alone = useComputed(() => {
    if (!backward.value || !compact.value || mirrored.value) return null;
    return { ...backward.value, nodes: backward.value.nodes.map((node) => ({ ...node, size: compactSize(node) })) };
  });
  const own = useLayout(alone, turned, layouters.backward);
  return useComputed(() => {
    const drawn = graphAsDrawn.value;
    if (!drawn || sides.value === 'forward') return drawn && usual.value && sceneOf(drawn, usual.value);
    const reverseLayout = mirrored.value ?? own.value;
    const reverse = backward.value && reverseLayout && backwardSceneOf(backward.value, reverseLayout);
    if (sides.value === 'backward') return reverse;
    return reverse && compact.value && beside(sceneOf(drawn, compact.value, true), reverse);
  });
}

function compacted(graph: Drawable, backward: BackwardGraphView): Drawable {
  const gradients = new Map<number, Size>();
  for (const node of backward.nodes) if (node.whole) gradients.set(node.of, compactSize(node));
  const nodes = graph.nodes.map((node) => {
    const [own, gradient] = [compactSize({ ...node, op: '' }), gradients.get(node.id)];
    const width = Math.max(own.width, gradient?.width ?? 0);
    return { ...node, size: { ...own, width } };
  });
  return { nodes, edges: graph.edges, structure: `${graph.structure} ${backward.structure}` };
}
