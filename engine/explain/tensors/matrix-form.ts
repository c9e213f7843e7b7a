import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { ChainEdge } from '../../analysis/chain.ts';
import type { Applied } from '../../replay/applied.ts';
import { pulledThrough } from '../../replay/pulled.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { partialLatex } from '../gradient-function/notation.ts';
import type { PassView } from '../pass-view.ts';
import { batchSize } from './batch.ts';
import { Lowering } from './lower.ts';
import type { MatrixEquation, MatrixForm } from './view.ts';
import { notesOn } from './notes.ts';
import { matrixShape } from './words.ts';

/** Longer formulas are not read by anybody; their fold can be opened. */
const longest = 120;

/**
 * What one consumer contributes to a tensor's gradient, as the product that reverse mode computes. From the rules of the ops
 * themselves, with the attributes and shapes of the run. Null where everything is a single number.
 */
export function matrixForm(view: PassView, { from, through }: Pick<ChainEdge, 'from' | 'through'>): MatrixForm | null {
  const { graph, chains } = view;
  const fold = chains.fold(through);
  if (sizeOf(graph.node(from).shape) === 1 && fold.ops.every((op) => sizeOf(graph.node(op).shape) === 1)) return null;
  const { shape } = graph.node(from);
  // A fold of very many ops is not even tried.
  const pulled = fold.ops.length > longest ? undefined : pulledThrough(graph, fold, from);
  if (pulled === null) return null;
  if (pulled === undefined || weight(pulled, new Map()) > longest)
    return {
      formula: t('… ({0} ops; open it to see its parts)', fold.ops.length),
      latex: null,
      shapes: `${matrixShape(graph.node(through).shape)} → ${matrixShape(shape)}`,
      notes: [],
    };
  const batch = batchSize(graph);
  const lowering = new Lowering(view, batch);
  const { text, latex, shapes } = lowering.write(pulled);
  return {
    formula: text,
    latex,
    shapes: arrived(shapes, shape),
    notes: [...lowering.definitions, ...notesOn(view, fold, from, batch)],
  };
}

/** More terms are not written out as matrices; their table says what they are. */
const mostTerms = 3;

/** The terms of a node's gradient in matrix form; none where everything is a single number. */
export function matricesOf(view: PassView, id: NodeId): MatrixEquation[] {
  const { chains, graph, names } = view;
  const { loss } = graph.pass;
  const edges = chains.terms(id);
  if (edges.length > mostTerms) return [];
  return edges.flatMap((edge) => {
    const form = matrixForm(view, edge);
    if (!form) return [];
    const { through } = edge;
    const isWhole = edges.length === 1 || through === loss;
    const left = isWhole ? names.partial(loss, id) : `${names.partial(loss, through)} · ${names.partial(through, id)}`;
    const set = (of: NodeId, by: NodeId): string => partialLatex(names.shown(of), names.shown(by));
    const leftLatex = isWhole ? set(loss, id) : `${set(loss, through)} \\cdot ${set(through, id)}`;
    return [{ ...form, left, latex: form.latex && `${leftLatex} = ${form.latex}` }];
  });
}

/** The second line ends in the shape of the gradient; it starts with `scalar` where the formula has no tensor in it. */
function arrived(shapes: string, shape: Shape): string {
  const end = matrixShape(shape);
  const start = shapes === '' ? t('scalar') : shapes;
  return start.endsWith(`→ ${end}`) || start === end ? start : `${start} → ${end}`;
}

/** How many parts a formula has when it is written out. */
function weight(x: Applied, known: Map<Applied, number>): number {
  if (x.kind !== 'op') return 1;
  const before = known.get(x);
  if (before !== undefined) return before;
  const total = x.inputs.reduce((sum, input) => sum + weight(input, known), 1);
  known.set(x, total);
  return total;
}
