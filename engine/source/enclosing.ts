import type { LineTable, Offset, Span } from '../base/span.ts';
import { contains, span } from '../base/span.ts';

/**
 * The smallest of the spans that holds a place, or what stands on its line. Engines give columns that are off by a few, so an
 * error is shown on a whole expression and never on one character.
 */
export function innermost(
  spans: readonly Span[],
  offset: Offset,
  text: string,
  lines: LineTable,
  done: Span | null,
): Span {
  let best: Span | null = null;
  for (const candidate of spans) {
    if (candidate.start > offset || offset >= candidate.end || (done !== null && contains(done, candidate))) continue;
    if (best === null || candidate.end - candidate.start < best.end - best.start) best = candidate;
  }
  return best ?? lineAt(spans, offset, text, lines);
}

/** Outside all expressions: the first that begins on the same line, else the line without the blanks round it. */
function lineAt(spans: readonly Span[], offset: Offset, text: string, lines: LineTable): Span {
  const { line } = lines.positionAt(offset);
  const start = lines.offsetAt({ line, column: 1 });
  const end = lines.offsetAt({ line, column: Number.MAX_SAFE_INTEGER });
  const first = spans.find((candidate) => start <= candidate.start && candidate.start < end);
  if (first !== undefined) return first;
  const content = text.slice(start, end);
  return span(start + (content.length - content.trimStart().length), start + content.trimEnd().length);
}
