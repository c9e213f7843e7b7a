import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { closedForms } from '../../analysis/closed-forms/index.ts';
import type { Fold } from '../../analysis/folds.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import { isElementwise } from '../../ops/rules.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import type { TraceNode } from '../../trace/format.ts';
import type { PassView } from '../pass-view.ts';
import { dimensionNames, matrixShape, reducedDims } from './words.ts';

/** What broadcasting and reductions did to a tensor on its way into a fold, and how its gradient undoes it. */
export function notesOn(view: PassView, { ops }: Fold, from: NodeId, batch: number | null): string[] {
  const { graph, names } = view;
  const inside = new Set(ops);
  const readers = graph.consumers(from).filter(({ node }) => inside.has(node) && !isPartOfClosedForm(graph, node));
  const notes = readers.flatMap(
    ({ node }) => noteOn(graph.node(node), names.shown(from), graph.node(from).shape, batch) ?? [],
  );
  return [...new Set(notes)];
}

/** What a composite's formula says as a whole is not said of its parts. */
function isPartOfClosedForm({ trace }: PassGraph, id: NodeId): boolean {
  const { scopes, nodes } = trace;
  for (let at = scopes[nodes[id]!.scope]; at; at = at.parent === null ? undefined : scopes[at.parent])
    if (at.kind === 'composite' && Object.hasOwn(closedForms, at.name)) return true;
  return false;
}

function noteOn(reader: TraceNode, name: string, shape: Shape, batch: number | null): string | null {
  const { op, attributes, shape: output } = reader;
  const repeats = isElementwise(op) || op === 'expand' || op === 'matmul';
  const repeated = repeats ? repeatedDimensions(shape, output, op === 'matmul' ? 2 : 0) : [];
  if (repeated.length > 0) {
    const dims = dimensionNames(repeated, output, batch);
    return t(
      '{0} {1} is repeated over {2} of {3}; the sum over it undoes that.',
      name,
      matrixShape(shape),
      dims,
      matrixShape(output),
    );
  }
  switch (op) {
    case 'sum':
    case 'mean': {
      const dims = dimensionNames(reducedDims(op, attributes, shape), shape, batch);
      const count = sizeOf(shape) / Math.max(1, sizeOf(output));
      if (count <= 1) return null;
      return op === 'sum'
        ? t('The sum over {0} let {1} elements into one; each of them gets its gradient whole.', dims, count)
        : t('The mean over {0} let {1} elements into one; each of them gets 1/{1} of its gradient.', dims, count);
    }
    case 'indexSelect':
      return t('What was taken several times gets the sum of their gradients; what was not taken gets 0.');
    case 'conv2d':
      return t('⋆ is cross-correlation; ∗ is convolution, its transpose, in which the filter is turned by 180°.');
    default:
      return null;
  }
}

/** The dimensions of `output` along which broadcasting repeated a tensor; the last `kept` are a matter of their own. */
const repeatedDimensions = (shape: Shape, output: Shape, kept: number): number[] =>
  output.slice(0, output.length - kept).flatMap((size, d) => {
    const own = shape[shape.length - output.length + d];
    return size > 1 && (own === undefined || own === 1) ? [d] : [];
  });
