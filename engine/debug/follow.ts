import type { NodeId } from '../base/brand.ts';
import { readingOf } from '../explain/reading.ts';
import type { DebugState } from '../protocol/debugging.ts';
import { statisticsOf } from '../trace/statistics.ts';
import { ifKept } from './kept.ts';
import type { Session } from './session.ts';
import { titleOf } from './title.ts';
import { briefly } from './variables/show.ts';

/** What is there of a gradient: all of it, a part, nothing; or nothing ever. */
export type Standing = 'whole' | 'part' | 'none' | 'never';

/** A shown node, and the ops that it stands for. */
export interface ShownNode {
  readonly id: NodeId;
  readonly ops: readonly NodeId[];
}

/** How a session stands, in terms of the nodes that are shown. Null for `shown`: something else is shown. */
export function follow(session: Session, shown: readonly ShownNode[] | null): DebugState {
  const { stepper, replay } = session.playback;
  const { timeline, position } = stepper;
  const moment = timeline.at(position);
  const nodes = shown ?? [];
  const isForward = position < timeline.forwardLength;
  const partial = isForward ? [] : nodes.filter(({ id }) => gradientStanding(session, id) === 'part');
  return {
    title: titleOf(session.playback),
    position,
    length: timeline.length,
    forwardLength: timeline.forwardLength,
    current: (moment && nodes.find(({ id, ops }) => id === moment.node || ops.includes(moment.node))?.id) ?? null,
    faint: nodes.filter(({ id }) => isFaint(session, id, isForward)).map(({ id }) => id),
    soFar: partial.flatMap(({ id }) => {
      const gradient = ifKept(() => replay.gradientAt(position, id));
      return gradient ? [{ node: id, text: briefly(gradient) }] : [];
    }),
    stale: session.isStale,
    whatIf: session.whatIf.changes,
    isShown: shown !== null,
  };
}

/** Whether the value of a node has been computed where the session stands. */
export const hasValue = ({ playback }: Session, node: NodeId): boolean =>
  playback.replay.timeline.hasValue(node, playback.position);

/** How much of a node's gradient there is where the session stands. */
export function gradientStanding({ playback }: Session, node: NodeId): Standing {
  const { graph, position, replay } = playback;
  const { timeline } = replay;
  if (!graph.has(node) || !graph.hasGradient(node)) return 'never';
  if (!timeline.isSeeded(position)) return 'none';
  const received = timeline.received(node);
  const steps = timeline.stepsAt(position);
  if (received.length === 0 || received.at(-1)! < steps) return 'whole';
  return received[0]! < steps ? 'part' : 'none';
}

/** What is written beside a name in the source. */
export interface Hint {
  readonly value: string | null;
  readonly gradient: string | null;
}

/**
 * What of a hint holds where the session stands; of the run, or of the what-if. A sum that is not complete is told as it is, `∂L 0.3000 + …`.
 * @param ofTensors the hint is of a whole tensor, and of no single element.
 */
export function hintAt(session: Session, node: NodeId, run: Hint, ofTensors: boolean): Hint {
  const { replay, position, graph, names } = session.playback;
  const soFar = (): string | null => {
    const block = ofTensors ? ifKept(() => replay.gradientAt(position, node)) : null;
    if (!block) return null;
    const { text } = readingOf({ statistics: statisticsOf(block.data), data: block.data }, block.shape);
    return `∂${names.shown(graph.pass.loss)} ${text} + …`;
  };
  const gradient = (): string | null => {
    const standing = gradientStanding(session, node);
    return standing === 'whole' ? run.gradient : standing === 'part' ? soFar() : null;
  };
  return {
    value: run.value !== null && hasValue(session, node) ? run.value : null,
    gradient: run.gradient === null ? null : gradient(),
  };
}

/**
 * Where a node is worked on, in the pass that the session is in, or else in the other: an op's value is computed, or its rule is
 * applied; a leaf's gradient gets the last of what it is made of. Null where nothing of it happens.
 */
export function positionOf({ playback }: Session, node: NodeId): number | null {
  const { timeline, position } = playback.stepper;
  const { forwardLength, length } = timeline;
  const first = (from: number, to: number): number | null => {
    for (let at = from; at < to; at++) if (timeline.nodeAt(at) === node) return at;
    return null;
  };
  const last = timeline.received(node).at(-1);
  const forward = (): number | null => first(0, forwardLength);
  const backward = (): number | null =>
    first(forwardLength, length) ?? (last === undefined ? null : forwardLength + last);
  return position < forwardLength ? (forward() ?? backward()) : (backward() ?? forward());
}

function isFaint(session: Session, node: NodeId, isForward: boolean): boolean {
  if (isForward) return !hasValue(session, node);
  const standing = gradientStanding(session, node);
  return standing === 'none' || standing === 'part';
}
