import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { TraceNode } from '../../trace/format.ts';
import type { Frame } from '../frames.ts';
import type { Playback } from '../playback.ts';
import { type Children, made } from './entry.ts';
import { thisStep } from './moment.ts';
import type { Zoom } from '../zoom.ts';
import { zoomed } from './zoomed.ts';
import type { NodeEntries } from './nodes.ts';

export interface VariableScope {
  readonly name: string;
  readonly hint?: 'locals' | 'arguments';
  /** Clients open the others by themselves. */
  readonly expensive: boolean;
  /** Asked for when the scope is opened: finding all values of a long run takes a while. */
  readonly children: () => Children;
}

/** What can be looked at in a frame of the call stack. */
export function scopesOf(frame: Frame, playback: Playback, entries: NodeEntries, zoom: Zoom | null): VariableScope[] {
  if (frame.kind === 'label') return [];
  const shared = sharedScopes(playback, entries);
  if (frame.kind === 'scope') return shared;
  const { timeline, position } = playback.stepper;
  const node = frame.kind === 'consumer' ? frame.node : timeline.at(position)?.node;
  if (node === undefined) return shared;
  const inputs =
    frame.kind === 'consumer' && frame.composite !== null
      ? playback.route.inputsOf(node)
      : [...new Set(playback.graph.node(node).inputs)];
  if (frame.kind === 'element')
    return [{ name: t('This element'), hint: 'locals', expensive: false, children: () => zoomed(zoom!) }, ...shared];
  const own: VariableScope[] =
    frame.kind === 'now'
      ? [{ name: t('This step'), hint: 'locals', expensive: false, children: () => thisStep(playback) }]
      : [{ name: t('This op'), hint: 'locals', expensive: false, children: () => thisOp(node, entries) }];
  return [
    ...own,
    { name: t('Inputs'), hint: 'arguments', expensive: false, children: () => entries.values(inputs) },
    ...shared,
  ];
}

const thisOp = (node: NodeId, entries: NodeEntries): Children =>
  made(2, (i) => (i === 0 ? entries.value(node, t('value')) : entries.gradient(node, t('gradient'))));

function sharedScopes({ graph, replay, stepper }: Playback, entries: NodeEntries): VariableScope[] {
  const { timeline, position } = stepper;
  const parameters = (): NodeId[] => graph.nodes.filter((id) => graph.node(id).kind === 'parameter');
  const values = (): NodeId[] =>
    graph.nodes.filter((id) => timeline.hasValue(id, position) && isToldOf(graph.node(id)));
  return [
    {
      name: t('Gradients so far'),
      expensive: false,
      children: () => entries.gradients(replay.withGradientAt(position)),
    },
    { name: t('Parameters'), expensive: false, children: () => entries.leaves(parameters()) },
    { name: t('Values'), expensive: true, children: () => entries.values(values()) },
  ];
}

/** Numbers that the author wrote without a name are part of formulas, and no variables. */
const isToldOf = ({ kind, name, shape }: TraceNode): boolean =>
  kind !== 'constant' || name !== null || shape.length > 0;
