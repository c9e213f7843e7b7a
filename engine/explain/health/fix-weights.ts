import type { NodeId } from '../../base/brand.ts';
import type { FixRequest, SourceFix } from '../../base/source-fix.ts';
import type { PassView } from '../pass-view.ts';

interface Found {
  readonly weights: NodeId;
  /** Which dimension of the weights runs over the layer's inputs. */
  readonly dim: 0 | 1;
}

interface Placed {
  readonly file: SourceFix['file'];
  readonly request: FixRequest & { readonly kind: 'initialise' };
}

/**
 * The weights of the layers whose output goes into an expression. A loop's repetitions count together: they are the same
 * expression.
 */
export function weightsOf(node: NodeId, numerator: 1 | 2, view: PassView): Placed[] {
  const { graph } = view;
  const { op, sites } = graph.node(node);
  const repeated = graph.nodes.filter((id) => {
    const other = graph.node(id);
    return id === node || (other.op === op && sites[0] !== undefined && other.sites[0] === sites[0]);
  });
  return placed(
    repeated.flatMap((id) => layersBefore(id, view)),
    numerator,
    view,
  );
}

/** Weights whose products are larger than what goes in: a deviation of more than twice √(1 / fan-in). */
export function loudWeights(view: PassView): Placed[] {
  const { graph } = view;
  const layers = graph.nodes.filter((id) => graph.node(id).op === 'matmul').flatMap((id) => layersBefore(id, view));
  const isLoud = ({ weights, dim }: Found): boolean => {
    const { shape, value } = graph.node(weights);
    return value.statistics.deviation > 2 / Math.sqrt(shape[dim] ?? 1);
  };
  return placed(layers.filter(isLoud), 1, view);
}

/** Each place of the source that makes some once. */
function placed(found: readonly Found[], numerator: 1 | 2, view: PassView): Placed[] {
  const places = new Map<string, Placed>();
  for (const { weights, dim } of found) {
    const source = view.source(weights);
    if (!source) continue;
    const size = view.graph.node(weights).shape[dim] ?? null;
    const key = `${source.file}:${source.span.start}`;
    const before = places.get(key)?.request;
    const fan = before && before.fan !== size ? null : size;
    places.set(key, { file: source.file, request: { kind: 'initialise', at: source.span, numerator, dim, fan } });
  }
  return [...places.values()];
}

/** Through ops that change no scale by themselves, back to the products with weights. */
function layersBefore(node: NodeId, { graph }: PassView): Found[] {
  const found: Found[] = [];
  const seen = new Set([node]);
  for (const id of seen) {
    const { op, inputs } = graph.node(id);
    if (op === 'matmul') {
      const [left, right] = inputs;
      if (isWeight(left)) found.push({ weights: left, dim: 1 });
      if (isWeight(right)) found.push({ weights: right, dim: 0 });
    } else if (id === node || passing.has(op)) for (const input of inputs) seen.add(input);
  }
  return found;

  function isWeight(id: NodeId | undefined): id is NodeId {
    return id !== undefined && graph.node(id).kind === 'parameter' && graph.node(id).shape.length === 2;
  }
}

const passing: ReadonlySet<string> = new Set(['add', 'sub', 'neg', 'reshape', 'transpose', 'expand']);
