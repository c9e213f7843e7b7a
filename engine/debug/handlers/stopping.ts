import type { DebugProtocol } from '@vscode/debugprotocol';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Position } from '../../base/span.ts';
import { type Arguments, RequestError } from '../arguments.ts';
import { type Placed, dataIdOf } from '../breakpoints/breakpoints.ts';
import { type ExceptionFilter, exceptionFilters, filterLabel } from '../breakpoints/exceptions.ts';
import { type Asked, parse } from '../expression/parse.ts';
import { ExpressionError } from '../expression/tokens.ts';
import { fileIn, fromClient, placedFor, rangeOf, toClient } from '../places.ts';
import type { Session } from '../session.ts';
import type { Answer, Handler } from './handler.ts';

type Body<Response extends DebugProtocol.Response> = Response['body'];

/** Where and why a session stops. */
export const stopping: Readonly<Record<string, Handler>> = {
  setBreakpoints,
  setFunctionBreakpoints: (session, given) => {
    const each = given.list('breakpoints');
    return answer(session, session.stops.set({ kind: 'function', each, ids: session.stops.newIds(each.length) }));
  },
  setDataBreakpoints: (session, given) => {
    const each = given.list('breakpoints');
    return answer(session, session.stops.set({ kind: 'data', each, ids: session.stops.newIds(each.length) }));
  },
  dataBreakpointInfo,
  breakpointLocations,
  setExceptionBreakpoints,
  exceptionInfo,
};

const answer = (session: Session, placed: readonly Placed[]): Answer => ({
  body: { breakpoints: placed.map((one) => placedFor(session, one)) },
});

function setBreakpoints(session: Session, given: Arguments): Answer {
  const file = fileIn(session, given.record('source'));
  const each = given.list('breakpoints');
  if (file === null) {
    const message = t('This file is not in the workspace folder of the model.');
    return { body: { breakpoints: each.map(() => ({ verified: false, message })) } };
  }
  const at = (one: Arguments): Position & { readonly column: number | null } => {
    const column = one.optionalWhole('column');
    const from = fromClient(session, { line: one.whole('line'), column: column ?? 0 });
    return { line: from.line, column: column === null ? null : from.column } as Position & { column: number | null };
  };
  const placed = session.stops.set({ kind: 'line', file, at, each, ids: session.stops.newIds(each.length) });
  return answer(session, placed);
}

function breakpointLocations(session: Session, given: Arguments): Answer {
  const file = fileIn(session, given.record('source'));
  const [line, endLine] = [given.whole('line'), given.optionalWhole('endLine') ?? given.whole('line')];
  const column = given.optionalWhole('column') ?? session.connection.columnsFrom;
  const endColumn = given.optionalWhole('endColumn');
  const { line: first, column: firstColumn } = fromClient(session, { line, column });
  const last = first + Math.min(endLine - line, 10_000);
  // Without an end the range is the whole of its last line.
  const end = endColumn === null ? Infinity : fromClient(session, { line: endLine, column: endColumn }).column;
  const breakpoints: DebugProtocol.BreakpointLocation[] = [];
  const { index } = session.stops.breakpoints;
  for (const traced of file === null ? [] : index.linesOf(file)) {
    if (traced < first || traced > last) continue;
    const lines = session.playback.sources.lines(file!);
    for (const { span } of index.expressions(file!, traced)) {
      const at = lines.positionAt(span.start);
      const isBefore = at.line === first && at.column < firstColumn;
      if (!isBefore && !(at.line === last && at.column > end)) breakpoints.push(rangeOf(session, lines, span));
    }
    if (index.expressions(file!, traced).length === 0)
      breakpoints.push({ line: toClient(session, { line: traced, column: 1 }).line });
  }
  return { body: { breakpoints } };
}

/** Gradients are what changes in a backward pass; anything that has one can be watched. */
function dataBreakpointInfo(session: Session, given: Arguments): Answer {
  const { names, graph } = session.playback;
  const node = watchedNode(session, given.text('name'));
  if (node === null) return { body: { dataId: null, description: t('Only the gradient of a value can be watched.') } };
  const symbol = names.partial(graph.pass.loss, node);
  if (!graph.hasGradient(node))
    return { body: { dataId: null, description: t('{0} does not exist in this run.', symbol) } };
  const body: Body<DebugProtocol.DataBreakpointInfoResponse> = {
    dataId: dataIdOf(session.playback, node),
    description: symbol,
    accessTypes: ['write'],
    canPersist: true,
  };
  return { body };
}

function watchedNode({ playback }: Session, name: string): NodeId | null {
  const written = playback.naming.written(name);
  if (written !== null) return written;
  try {
    for (let asked: Asked = parse(name); ; asked = asked.of) {
      if (asked.kind === 'name') return playback.naming.find(asked.name, null);
      if (asked.kind !== 'member' && asked.kind !== 'index') return null;
    }
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

function setExceptionBreakpoints(session: Session, given: Arguments): Answer {
  const filters = new Map<ExceptionFilter, Asked | null>();
  const breakpoints: DebugProtocol.Breakpoint[] = [];
  const set = (name: string, condition: string | null): void => {
    const filter = exceptionFilters.find((known) => known === name);
    if (filter === undefined) {
      breakpoints.push({ verified: false, message: t("There is no filter '{0}'.", name) });
      return;
    }
    try {
      filters.set(filter, condition === null || condition.trim() === '' ? null : parse(condition));
      breakpoints.push({ verified: true });
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      breakpoints.push({ verified: false, message: error.message });
    }
  };
  for (const name of given.texts('filters')) set(name, null);
  for (const option of given.list('filterOptions')) set(option.text('filterId'), option.optionalText('condition'));
  session.stops.filters = filters;
  return { body: { breakpoints } };
}

function exceptionInfo(session: Session): Answer {
  const { playback } = session;
  const { exception } = session.stops;
  const { failure } = playback.launched;
  if (exception) {
    const { filter, text } = exception;
    return { body: { exceptionId: filterLabel(filter), description: text, breakMode: 'always' } };
  }
  if (failure && playback.stepper.isAtEnd)
    return { body: { exceptionId: failure.code, description: failure.message, breakMode: 'unhandled' } };
  throw new RequestError(t('Nothing is wrong at this stop.'));
}
