import type { NodeId, ScopeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Block } from '../../autograd/block.ts';
import { contributionMemory, gradientMemory, valueMemory } from '../memory.ts';
import type { Playback } from '../playback.ts';
import { nameOfScope } from '../scope-name.ts';
import { type Children, type Entry, listed } from './entry.ts';
import { localEntry } from './local.ts';
import { ifKept } from '../kept.ts';
import { entryIfKept } from './nodes.ts';
import { told } from './show.ts';
import type { About } from './tensor.ts';

/** What happens in the next step, before it does: the scope “This step”. */
export function thisStep(playback: Playback): Children {
  const { timeline, cursor, place, position } = playback.stepper;
  const moment = timeline.at(position);
  if (!moment) return listed([word(t('position'), t('the end'))]);
  const scope = cursor.closed(place);
  const end = cursor.stepEnd(place);
  if (moment.phase === 'forward')
    return listed(scope === null ? forwardOp(playback, moment.node) : forwardScope(playback, scope, end));
  return listed(scope === null ? backwardOp(playback, moment.node, end) : backwardScope(playback, scope, end));
}

function forwardOp({ replay, graph, names }: Playback, node: NodeId): Entry[] {
  return [
    word(t('op'), graph.node(node).op),
    entryOf(t('{0}, to come', names.shown(node)), () => replay.value(node), { memory: valueMemory(node) }),
  ];
}

/** What of a scope is used outside it is what it makes. */
function forwardScope(playback: Playback, scope: ScopeId, end: number): Entry[] {
  const { replay, names, position } = playback;
  const { timeline } = replay;
  const inside = new Set<NodeId>();
  for (let at = position; at < end; at++) inside.add(timeline.nodeAt(at));
  const results = [...inside].filter((node) => leaves(playback, node, inside));
  return [
    word(t('scope'), nameOfScope(playback, scope)),
    word(t('ops'), String(inside.size)),
    ...results.map((node) =>
      entryOf(t('{0}, to come', names.shown(node)), () => replay.value(node), { memory: valueMemory(node) }),
    ),
  ];
}

const leaves = ({ graph }: Playback, node: NodeId, inside: ReadonlySet<NodeId>): boolean =>
  node === graph.pass.loss || graph.consumers(node).some(({ node: consumer }) => !inside.has(consumer));

function backwardOp(playback: Playback, node: NodeId, end: number): Entry[] {
  const { replay, graph, position } = playback;
  const moments = Array.from({ length: end - position }, (_, i) => replay.timeline.at(position + i)!);
  const contributions = moments.map(({ input, step }) => {
    const to = graph.node(node).inputs[input]!;
    const local = localEntry(playback, node, to);
    const rows = [...(local ? [local] : []), ...contributionRows(playback, to, step)];
    return { to, rows, value: () => replay.contribution(step) };
  });
  const rows = [word(t('op'), graph.node(node).op), incoming(playback, node)];
  if (contributions.length === 1) return [...rows, ...contributions[0]!.rows];
  const arrows = contributions.map(({ to, rows: own, value }) => arrow(playback, to, value, own));
  return [...rows, ...arrows];
}

/** What a scope as a whole passes on to what was made outside it. */
function backwardScope(playback: Playback, scope: ScopeId, end: number): Entry[] {
  const { replay, position } = playback;
  const { timeline } = replay;
  const inside = new Set<NodeId>();
  const receivers = new Set<NodeId>();
  for (let at = position; at < end; at++) inside.add(timeline.nodeAt(at));
  for (let at = position; at < end; at++) if (!inside.has(timeline.targetAt(at))) receivers.add(timeline.targetAt(at));
  const results = [...inside].filter((node) => leaves(playback, node, inside));
  return [
    word(t('scope'), nameOfScope(playback, scope)),
    word(t('ops'), String(inside.size)),
    ...results.map((node) => incoming(playback, node)),
    ...[...receivers].map((to) =>
      arrow(playback, to, () => replay.gradientAt(end, to), beforeAndAfter(playback, to, end)),
    ),
  ];
}

/** Incoming gradient: complete, because everything that uses the node has been gone through. */
const incoming = ({ replay, names, graph, position }: Playback, node: NodeId): Entry =>
  entryOf(t('incoming {0}', names.partial(graph.pass.loss, node)), () => replay.gradientAt(position, node), {
    expression: `${names.written(node)}.grad`,
    memory: gradientMemory(node, position),
  });

function contributionRows(playback: Playback, to: NodeId, step: number): Entry[] {
  const { replay } = playback;
  const after = replay.timeline.forwardLength + step + 1;
  return [
    entryOf(
      t('contribution to {0}', playback.names.partial(playback.graph.pass.loss, to)),
      () => replay.contribution(step),
      {
        memory: contributionMemory(step),
      },
    ),
    ...beforeAndAfter(playback, to, after),
  ];
}

function beforeAndAfter({ replay, names, graph, position }: Playback, to: NodeId, end: number): Entry[] {
  const symbol = names.partial(graph.pass.loss, to);
  return [
    entryOf(t('{0} before', symbol), () => replay.gradientAt(position, to), { memory: gradientMemory(to, position) }),
    entryOf(t('{0} after', symbol), () => replay.gradientAt(end, to), { memory: gradientMemory(to, end) }),
  ];
}

function arrow({ names }: Playback, to: NodeId, value: () => Block | null, rows: readonly Entry[]): Entry {
  const block = ifKept(value);
  return {
    name: `→ ${names.shown(to)}`,
    value: block ? told(block) : '—',
    hint: { kind: 'virtual', attributes: ['readOnly'] },
    children: listed(rows),
  };
}

const word = (name: string, value: string): Entry => ({
  name,
  value,
  hint: { kind: 'virtual', attributes: ['readOnly'] },
});

function entryOf(name: string, read: () => Block | null, about: About): Entry {
  return entryIfKept(name, read, about, t('none'));
}
