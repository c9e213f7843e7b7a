import type { DebugProtocol } from '@vscode/debugprotocol';
import { t } from '../../base/l10n.ts';
import { type Arguments, RequestError } from '../arguments.ts';
import { fileIn, fromClient, rangeOf } from '../places.ts';
import type { Move } from '../../replay/stepper/stepper.ts';
import type { Session } from '../session.ts';
import { type ZoomTarget, sumOf, zoomTargets } from '../zoom-targets.ts';
import { Zoom } from '../zoom.ts';
import type { Answer, Handler } from './handler.ts';

/** Steps and runs, in both directions. The answer comes first, the stop after it. */
export const moving: Readonly<Record<string, Handler>> = {
  configurationDone: (session) => after(() => session.begin()),
  next: move((session, given) => stepping(session, granularityOf(given) ?? 'over')),
  stepIn: move(stepIn),
  stepInTargets: (session) => ({
    body: { targets: zoomTargets(session.playback).map(({ label }, i) => ({ id: i + 1, label })) },
  }),
  stepOut: move((session, given) => stepping(session, granularityOf(given) ?? 'out')),
  stepBack: move((session, given) => {
    const granularity = granularityOf(given) ?? 'over';
    return () => session.back(granularity);
  }),
  continue: (session, given) => ({
    ...move((one) => () => void one.stops.go(1))(session, given),
    body: { allThreadsContinued: true },
  }),
  reverseContinue: move((session) => () => void session.stops.go(-1)),
  pause: (session) => {
    if (session.isOver) throw new RequestError(t('The session has ended.'));
    return after(() => session.stops.pause());
  },
  terminate: (session) => after(() => session.end()),
  gotoTargets,
  goto: move(goTo),
  // Not of the protocol: a scrubber goes to any position there is.
  seek: move((session, given) => {
    const { stepper } = session.playback;
    const position = Math.min(given.whole('position'), stepper.timeline.length);
    const place = position === 0 ? stepper.cursor.start() : stepper.cursor.inside(position);
    return () => session.goTo(place, { reason: 'goto' });
  }),
};

const after = (act: () => void): Answer => ({ after: act });

/**
 * A move begins where the last one ended: while one is under way there is nowhere to begin.
 * @param moved reads the arguments, so that wrong ones are refused, and gives what is done once the answer is on its way.
 */
function move(
  moved: (session: Session, given: Arguments) => () => void,
): (session: Session, given: Arguments) => Answer {
  return (session, given) => {
    if (session.isOver) throw new RequestError(t('The session has ended.'));
    if (session.stops.isRunning) throw new RequestError(t('The session is running: pause it first.'));
    return after(moved(session, given));
  };
}

const stepping =
  (session: Session, move: Move): (() => void) =>
  () =>
    session.step(move);

/** A “statement” is an op, which needs no saying. */
function granularityOf(given: Arguments): 'line' | 'instruction' | null {
  const granularity = given.oneOf('granularity', ['statement', 'line', 'instruction'], 'statement');
  return granularity === 'statement' ? null : granularity;
}

/** Into a scope or an op; or into the element that was chosen. */
function stepIn(session: Session, given: Arguments): () => void {
  const chosen = given.optionalWhole('targetId');
  const granularity = granularityOf(given) ?? 'into';
  const target = chosen === null ? undefined : zoomTargets(session.playback)[chosen - 1];
  return target ? () => zoomInto(session, target) : stepping(session, granularity);
}

function zoomInto(session: Session, target: ZoomTarget): void {
  const { stepper } = session.playback;
  const { position } = target;
  // The others of the op's inputs come before it: it is taken apart up to there.
  if (position > stepper.position) stepper.jump(stepper.cursor.instruction({ position: position - 1, depth: 0 }, 1));
  session.zoomInto(new Zoom(sumOf(session.playback, target)));
}

/** Longer lists are not chosen from. */
const mostTargets = 100;

/** The moments of a line: every op in it, in each of its repetitions, both ways. */
function gotoTargets(session: Session, given: Arguments): Answer {
  const file = fileIn(session, given.record('source'));
  const { line } = fromClient(session, { line: given.whole('line'), column: 0 });
  const { index } = session.stops.breakpoints;
  const found = file === null ? null : index.snapped(file, line);
  if (file === null || found === null) return { body: { targets: [] } };
  const { sources, stepper, names } = session.playback;
  const { timeline } = stepper;
  const targets = index.expressions(file, found).flatMap(({ span, positions }) =>
    positions.map((position): DebugProtocol.GotoTarget => {
      const node = timeline.nodeAt(position);
      const way = timeline.phaseAt(position) === 'forward' ? t('forward') : t('backward');
      const label = `${names.shown(node)} · ${timeline.graph.node(node).op} · ${way}`;
      return { id: position, label, ...rangeOf(session, sources.lines(file), span) };
    }),
  );
  targets.sort((a, b) => a.id - b.id);
  return { body: { targets: targets.slice(0, mostTargets) } };
}

function goTo(session: Session, given: Arguments): () => void {
  const { stepper } = session.playback;
  const place = stepper.cursor.inside(Math.min(given.whole('targetId'), stepper.timeline.length));
  return () => session.goTo(place, { reason: 'goto' });
}
