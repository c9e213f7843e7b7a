import { elementAt } from '../../base/indices.ts';
import { t } from '../../base/l10n.ts';
import type { Element } from '../../replay/element.ts';
import { wayBetween, workOf } from '../../replay/jacobian.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { PassView } from '../pass-view.ts';
import { matrixShape } from '../tensors/words.ts';

export type Chosen =
  | { readonly element: Element; readonly problem: null }
  | { readonly element: null; readonly problem: string };

/** `W1[2,0]`: a name of the source (or of the panel), and an index for each of its dimensions, from 0. */
const written = /^\s*(.+?)\s*\[\s*(\d+(?:\s*,\s*\d+)*)\s*\]\s*$/su;

/** Multiplications on the way to the loss: about a second of work for the columns of all Jacobians. */
const mostWork = 2e8;

/** What a text means as an element of a shown node; what is wrong with it where it means none. */
export function elementNamed({ graph, names, chains }: PassView, text: string): Chosen {
  const match = written.exec(text);
  if (!match)
    return { element: null, problem: t("Write an element as in 'W1[2,0]': a name, and an index for each dimension.") };
  const [, name, indices] = match as unknown as [string, string, string];
  const node = names.find(name);
  if (node === null) return { element: null, problem: t("There is no node '{0}'.", name) };
  if (!chains.folding.folds.has(node))
    return {
      element: null,
      problem: t('{0} is not shown: open what it is a part of, or show ops, to choose an element of it.', name),
    };
  const { shape } = graph.node(node);
  const index = indices.split(',').map(Number);
  const shown = names.shown(node);
  if (shape.length === 0) return { element: null, problem: t('{0} is a single number: it has no elements.', shown) };
  const place = placeOf(index, shape);
  if (place === null)
    return {
      element: null,
      problem: t('{0} is {1}: it has no element [{2}].', shown, matrixShape(shape), index.join(',')),
    };
  const work = workOf(graph, wayBetween(graph, graph.pass.loss, node));
  if (work > mostWork)
    return {
      element: null,
      problem: t(
        '{0} has too long a way to {1} for one of its elements to be followed.',
        shown,
        names.shown(graph.pass.loss),
      ),
    };
  return { element: { node, place }, problem: null };
}

/** Null where there is no such place. */
const placeOf = (index: readonly number[], shape: Shape): number | null =>
  index.length !== shape.length || index.some((i, d) => i >= shape[d]!) ? null : elementAt(shape, index);
