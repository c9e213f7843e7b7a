import { type Answer, answersOf } from '../../analysis/expectations.ts';
import { t } from '../../base/l10n.ts';
import type { Expectation } from '../../tensor/expectation.ts';
import type { Site, Trace } from '../../trace/format.ts';
import { formatExact, formatNumber } from '../numbers.ts';
import { PassView } from '../pass-view.ts';
import { nameOf } from './words.ts';

/** What `expectGradient` is called in reports and in the Problems view, beside the ids of the rules. */
export const assertionId = 'expect-gradient';

/** Something that was expected of a gradient, and what became of it. */
export interface AssertionView {
  readonly passed: boolean;
  /** With the number that was found. */
  readonly message: string;
  readonly model: string;
  /** Of whose gradient: `W₁`. */
  readonly name: string;
  /** The call that says what is expected; null where the trace knows no place. */
  readonly site: Site | null;
  /** Euclidean norm; null where there is no gradient, or none that is finite. */
  readonly norm: number | null;
  readonly expected: Expectation;
}

/**
 * Everything that a run expected of gradients. What stands in a loop, or is compared in several passes of the program's own, is
 * told once: it has failed where it failed in one of them.
 * @param model only of this one
 */
export function assertionsOf(trace: Trace, model?: string): AssertionView[] {
  const told = new Map<string, AssertionView>();
  for (const pass of trace.passes) {
    if (!pass.expectations || (model !== undefined && pass.name !== model)) continue;
    const view = new PassView(trace, pass, 'named');
    for (const answer of answersOf(pass)) {
      const { kind, low, high, site, node } = answer.expected;
      const key = JSON.stringify([pass.name, site, kind, low, String(high), trace.nodes[node]!.name ?? node]);
      if (told.get(key)?.passed !== false) told.set(key, assertionOf(answer, view));
    }
  }
  return [...told.values()];
}

function assertionOf(answer: Answer, view: PassView): AssertionView {
  const { expected, passed, norm } = answer;
  const { node, site, kind, low, high } = expected;
  const name = nameOf(node, view);
  const gradient = `∂${view.names.shown(view.graph.pass.loss)}/∂${name}`;
  return {
    passed,
    message: `${found(answer, gradient, view)} ${t('Expected: {0}.', wanted(expected, gradient))}`,
    model: view.pass.name,
    name,
    site: site === null ? null : (view.trace.sites.get(site) ?? null),
    norm,
    expected: { kind, low, high },
  };
}

function found({ exists, norm, notFinite, expected }: Answer, gradient: string, view: PassView): string {
  if (!exists) return t('{0} does not exist in {1}.', gradient, view.pass.name);
  if (norm !== null) return t('‖{0}‖ is {1}.', gradient, formatNumber(norm));
  const { size } = view.pass.gradients.get(expected.node)!.statistics;
  return t('{0} has {1} of {2} elements that are NaN or infinite.', gradient, notFinite, size);
}

function wanted({ kind, low, high }: Expectation, gradient: string): string {
  switch (kind) {
    case 'between':
      return t('from {0} to {1}', formatExact(low), formatExact(high));
    case 'above':
      return t('above {0}', formatExact(low));
    case 'below':
      return t('below {0}', formatExact(high));
    case 'finite':
      return t('only finite elements in {0}', gradient);
    case 'nonzero':
      return t('above {0}', '0');
  }
}
