import type { DebugProtocol } from '@vscode/debugprotocol';
import { t } from '../../base/l10n.ts';
import { type Arguments, RequestError } from '../arguments.ts';
import type { Frame } from '../frames.ts';
import { ifKept } from '../kept.ts';
import { bytesOf, tensorOf } from '../memory.ts';
import { fileIn, sourceOf, rangeOf } from '../places.ts';
import { type Session, threadId } from '../session.ts';
import { titleOf } from '../title.ts';
import { scopesOf } from '../variables/scopes.ts';
import type { Answer, Handler } from './handler.ts';

type Body<Response extends DebugProtocol.Response> = Response['body'];

/** Questions about the present stop. */
export const looking: Readonly<Record<string, Handler>> = {
  threads: (session): Answer => ({ body: { threads: [{ id: threadId, name: titleOf(session.playback) }] } }),
  stackTrace,
  scopes,
  variables,
  setVariable,
  loadedSources: (session) => ({
    body: { sources: session.playback.launched.trace.files.map(({ path }) => sourceOf(session, path)) },
  }),
  source: (session, given) => ({ body: { content: textThatRan(session, given) } }),
  readMemory,
};

function stackTrace(session: Session, given: Arguments): Answer {
  const { frames } = session;
  const start = given.optionalWhole('startFrame') ?? 0;
  const levels = given.optionalWhole('levels') ?? 0;
  const end = levels === 0 ? frames.length : Math.min(frames.length, start + levels);
  const stackFrames: DebugProtocol.StackFrame[] = [];
  for (let index = start; index < end; index++) stackFrames.push(stackFrame(session, index, frames.at(index)!));
  return { body: { stackFrames, totalFrames: frames.length } satisfies Body<DebugProtocol.StackTraceResponse> };
}

function stackFrame(session: Session, index: number, frame: Frame): DebugProtocol.StackFrame {
  const { frames, playback } = session;
  const place = frames.sourceOf(frame);
  return {
    // Counted from 1: 0 is no frame to some clients.
    id: index + 1,
    name: frames.nameOf(frame),
    line: 0,
    column: 0,
    ...(place && {
      source: sourceOf(session, place.file),
      ...rangeOf(session, playback.sources.lines(place.file), place.span),
    }),
    ...(frame.kind === 'label' && { presentationHint: 'label' as const }),
  };
}

/** The frame that a client means by its number; the topmost where it names none. @throws RequestError */
export function frameOf({ frames }: Session, id: number | null): Frame {
  const frame = frames.at((id ?? 1) - 1);
  if (!frame) throw new RequestError(t('This frame is of an earlier step.'));
  return frame;
}

function scopes(session: Session, given: Arguments): Answer {
  const frame = frameOf(session, given.whole('frameId'));
  const { playback, entries, handles } = session;
  const body: Body<DebugProtocol.ScopesResponse> = {
    scopes: scopesOf(frame, playback, entries, session.zoom).map(({ name, hint, expensive, children }) => ({
      name,
      expensive,
      ...(hint && { presentationHint: hint }),
      variablesReference: handles.give(children),
    })),
  };
  return { body };
}

function variables({ handles }: Session, given: Arguments): Answer {
  const children = handles.of(given.whole('variablesReference'));
  const { named, indexed } = children;
  const filter = given.oneOf('filter', ['named', 'indexed', 'all'], 'all');
  const [low, high] =
    filter === 'named' ? [0, named] : filter === 'indexed' ? [named, named + indexed] : [0, named + indexed];
  const start = Math.min(high, low + (given.optionalWhole('start') ?? 0));
  const count = given.optionalWhole('count') ?? 0;
  const end = count === 0 ? high : Math.min(high, start + count);
  return { body: { variables: children.page(start, end).map((entry) => handles.variable(entry)) } };
}

async function setVariable(session: Session, given: Arguments): Promise<Answer> {
  const { handles } = session;
  const { leafOf } = handles.of(given.whole('variablesReference'));
  if (!leafOf) throw new RequestError(t('This follows from other values: change a parameter, an input or a constant.'));
  const leaf = leafOf(given.text('name'));
  const after = await session.whatIf.change(leaf, given.text('value'));
  const { name: _, ...body } = handles.variable(session.entries.number(leaf));
  return { body, after };
}

/** A file may hold another text by now, and a client may have no files at all. */
function textThatRan(session: Session, given: Arguments): string {
  const file = fileIn(session, given.record('source'));
  const { files } = session.playback.launched.trace;
  const text = files.find(({ path }) => path === file)?.text;
  if (text === undefined) throw new RequestError(t('The run did not read this file.'));
  return text;
}

function readMemory({ playback }: Session, given: Arguments): Answer {
  const block = ifKept(() => tensorOf(playback, given.text('memoryReference')));
  if (!block) throw new RequestError(t('There is no such tensor.'));
  return { body: bytesOf(block, given.integer('offset', 0), given.whole('count')) };
}
