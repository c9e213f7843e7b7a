import { t } from '../../base/l10n.ts';
import { BackwardGraph } from '../../replay/backward-graph.ts';
import { MissingContent, Recording } from '../../replay/recording.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { PassView } from '../pass-view.ts';
import { namedBackwardGraph } from './named.ts';
import { opBackwardGraph } from './ops.ts';
import type { BackwardGraphView } from './view.ts';

/** Ops beyond which a picture of single ops is of no use, and slow to lay out. */
export const mostOps = 1500;
/** Elements of all values of the backward pass beyond which those inside of rules are not computed for the picture. */
export const mostElements = 2 ** 21;

/** The backward graph beside the graph that is shown, as fine as that is. */
export function buildBackwardGraph(view: PassView): BackwardGraphView {
  if (view.granularity === 'named') return namedBackwardGraph(view);
  const backward = new BackwardGraph(new Recording(view.graph), view.pass.loss);
  const count = backward.ops.length;
  if (count > mostOps)
    return namedBackwardGraph(
      view,
      t('The backward pass applies {0} operations; they are shown one by one up to {1}.', count, mostOps),
    );
  const elements = backward.ops.reduce((total, { shape }) => total + sizeOf(shape), 0);
  try {
    return opBackwardGraph(view, backward, elements <= mostElements);
  } catch (error) {
    if (!(error instanceof MissingContent)) throw error;
    return opBackwardGraph(view, backward, false);
  }
}
