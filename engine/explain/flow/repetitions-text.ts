import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { typeset } from '../names.ts';
import type { PassView } from '../pass-view.ts';
import { normOf, repetitionsOf, usesOf } from './repetitions.ts';
import { sparklineOf } from './sparkline.ts';
import type { FlowView } from './view.ts';

/**
 * Of a node that one line of the source makes over and over the norm at each repetition; of one that is used over and over
 * what each use adds. Null for others.
 */
export function repetitionsText(view: PassView, id: NodeId): FlowView['repetitions'] {
  const { graph, names } = view;
  const repeated = repetitionsOf(view, id);
  if (repeated.length > 0) {
    const [first, last] = [repeated[0]!, repeated.at(-1)!].map((one) => names.shown(view.shownFor(one) ?? one));
    return {
      label: t('Gradient norm over {0} repetitions, {1} to {2}:', repeated.length, first!, last!),
      sparkline: sparklineOf(repeated.map((one) => normOf(graph, one))),
    };
  }
  const added = usesOf(view, id);
  if (added.length === 0) return null;
  const name = typeset(graph.node(id).name ?? names.shown(id));
  return {
    label: t('Each of {0} uses adds to the gradient of {1}; norms, last use first:', added.length, name),
    sparkline: sparklineOf(added),
  };
}
