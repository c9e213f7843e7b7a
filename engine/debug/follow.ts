import type { NodeId } from '../base/brand.ts';
import type { DebugState } from '../protocol/debugging.ts';
import { ifKept } from './kept.ts';
import type { Session } from './session.ts';
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
    title: session.title(),
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
    changed: replay.given.size > 0,
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

function isFaint(session: Session, node: NodeId, isForward: boolean): boolean {
  if (isForward) return !hasValue(session, node);
  const standing = gradientStanding(session, node);
  return standing === 'none' || standing === 'part';
}
