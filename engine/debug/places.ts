import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ModulePath } from '../base/brand.ts';
import type { LineTable, Position, Span } from '../base/span.ts';
import type { Arguments } from './arguments.ts';
import type { Placed } from './breakpoints/breakpoints.ts';
import type { Session } from './session.ts';

/** The only place where the client's files, lines and columns meet the engine's. */

export function sourceOf({ host, playback }: Session, file: ModulePath): DebugProtocol.Source {
  return { name: file.slice(file.lastIndexOf('/') + 1), path: host.pathOf(playback.launched.place.root, file) };
}

/** The module that a client's source is; null for a file that no run could read. */
export function fileIn({ host, playback }: Session, source: Arguments): ModulePath | null {
  const path = source.optionalText('path');
  return path === null ? null : host.moduleOf(playback.launched.place.root, path);
}

/** From 1, as the engine counts, to what the client counts from. */
export const toClient = ({ connection }: Session, { line, column }: Position): Position => ({
  line: line - 1 + connection.linesFrom,
  column: column - 1 + connection.columnsFrom,
});

export const fromClient = ({ connection }: Session, { line, column }: Position): Position => ({
  line: line + 1 - connection.linesFrom,
  column: column + 1 - connection.columnsFrom,
});

export function rangeOf(
  session: Session,
  lines: LineTable,
  { start, end }: Span,
): Pick<DebugProtocol.StackFrame, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const from = toClient(session, lines.positionAt(start));
  const to = toClient(session, lines.positionAt(end));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** A breakpoint as its client is told of it. */
export function placedFor(session: Session, { breakpoint, id, message, at }: Placed): DebugProtocol.Breakpoint {
  const { sources } = session.playback;
  return {
    id,
    verified: breakpoint !== null,
    ...(message !== null && { message }),
    ...(at && {
      source: sourceOf(session, at.file),
      ...(at.span
        ? rangeOf(session, sources.lines(at.file), at.span)
        : { line: toClient(session, { line: at.line, column: 1 }).line }),
    }),
  };
}
