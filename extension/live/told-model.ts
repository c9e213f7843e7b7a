import type { ModulePath } from '../../engine/base/brand.ts';
import type { PassView } from '../../engine/explain/pass-view.ts';
import type { ModelSummary } from '../../engine/explain/view.ts';

/** Where the author is, in a text of the program. */
export interface Cursor {
  readonly file: ModulePath;
  /** In UTF-16 code units, as the trace's own places. */
  readonly offset: number;
}

/**
 * Of several models the one that is told of where there is room for one: whose text the cursor is in, else the one that the panel
 * shows. A loop of the program makes many passes in one place, of which it is again the shown one.
 *
 * @param summaries in the order of the trace's passes
 */
export function toldModel(
  summaries: readonly ModelSummary[],
  view: PassView | null,
  cursor: Cursor | null,
): ModelSummary | null {
  const at = view ? view.trace.passes.indexOf(view.pass) : -1;
  const shown = summaries[at] ?? summaries.find(({ name }) => name === view?.pass.name) ?? summaries[0] ?? null;
  const round = summaries.filter((summary) => cursor !== null && isIn(summary, cursor));
  if (round.length === 0 || (shown && round.includes(shown))) return shown;
  return round.find(({ name }) => name === shown?.name) ?? round[0]!;
}

const isIn = ({ source }: ModelSummary, { file, offset }: Cursor): boolean =>
  source?.file === file && source.span.start <= offset && offset <= source.span.end;
