import type { ComparisonState } from '../../protocol/comparing.ts';
import type { Examination } from '../health/findings.ts';
import { PassView } from '../pass-view.ts';
import { type ComparedRun, comparePasses } from './build.ts';

/** What is shown beside an earlier run of its model, in the granularity in which it is shown. */
export function besideEarlier(
  { label, trace }: ComparedRun,
  view: PassView,
  examination: Examination,
): ComparisonState {
  const pass = trace.passes.find(({ name, kind }) => name === view.pass.name && kind === view.pass.kind);
  if (!pass) return { before: label, model: null };
  const [before, after] = [
    new PassView(trace, pass, view.granularity),
    new PassView(view.trace, view.pass, view.granularity),
  ];
  return { before: label, model: comparePasses(before, after, examination) };
}
