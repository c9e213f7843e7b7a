import type { NodeId } from '../../base/brand.ts';
import { t, translationOf } from '../../base/l10n.ts';
import { conventionOf } from '../../ops/rules.ts';
import type { NodeCheck, Skipped } from '../../replay/check.ts';
import type { Comparison, Verdict } from '../../replay/check-element.ts';
import type { Kink } from '../../replay/check-kinks.ts';
import { formatNumber, formatShort } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import { elementName } from '../tensors/matrix-view.ts';
import type { CheckRow } from './view.ts';

/** One node's check in words. */
export function rowOf(view: PassView, check: NodeCheck): CheckRow {
  const { names, graph } = view;
  const { node, elements, direction, size, skipped } = check;
  const { shape } = graph.node(node);
  const verdict = verdictOf(check);
  const worst = worstOf(check);
  return {
    node,
    name: names.shown(node),
    sourceName: names.written(node),
    symbol: names.partial(graph.pass.loss, node),
    verdict,
    told: told(verdict),
    elements: shape.length === 0 || skipped ? '' : elementsText(elements.length, size),
    relativeError: errorText(check),
    worst: worst && {
      name: elementName(names.shown(node), worst.element, shape),
      analytic: formatNumber(worst.analytic),
      numeric: formatNumber(worst.numeric),
    },
    remarks: [
      ...(skipped ? [skippedText(view, skipped)] : []),
      ...wrongText(view, check),
      ...(direction && direction.verdict === 'differs' ? [directionText(direction, size)] : []),
      ...kinkCount(check),
      ...check.kinks.map((kink) => kinkText(view, kink)),
    ],
    source: view.source(node),
    isParameter: graph.node(node).kind === 'parameter',
  };
}

const gravity: readonly Verdict[] = ['differs', 'undecided', 'rounded', 'kink', 'agrees'];

/** The gravest of its elements. */
export function verdictOf({ skipped, elements, direction, sum }: NodeCheck): Verdict | 'skipped' {
  if (skipped) return 'skipped';
  if (sum) return 'differs';
  const found = new Set([...elements, ...(direction ? [direction] : [])].map(({ verdict }) => verdict));
  return gravity.find((verdict) => found.has(verdict)) ?? 'agrees';
}

function told(verdict: Verdict | 'skipped'): string {
  switch (verdict) {
    case 'agrees':
      return `✓ ${t('agrees')}`;
    case 'differs':
      return `✗ ${t('differs')}`;
    case 'kink':
      return `∧ ${t('kink')}`;
    case 'rounded':
      return `≈ ${t('rounded')}`;
    case 'undecided':
      return `? ${t('undecided')}`;
    case 'skipped':
      return `– ${t('skipped')}`;
  }
}

const elementsText = (tried: number, size: number): string =>
  tried < size ? t('{0} of {1} elements', tried, size) : size === 1 ? t('1 element') : t('{0} elements', size);

/** How far off for what is allowed; NaN is furthest. */
const excess = ({ analytic, numeric, allowed }: Comparison): number => {
  const ratio = Math.abs(analytic - numeric) / allowed;
  return Number.isNaN(ratio) ? Infinity : ratio;
};

/** Kinks come last: that they are apart is no fault. */
export function worstOf({ elements }: NodeCheck): NodeCheck['elements'][number] | null {
  const weight = (one: Comparison): number => (one.verdict === 'kink' ? -1 : excess(one));
  return elements.reduce<NodeCheck['elements'][number] | null>(
    (worst, one) => (worst === null || weight(one) > weight(worst) ? one : worst),
    null,
  );
}

/** Null where nothing without a kink was compared, or where all of it is below what differences can see. */
export function relativeErrorOf({ elements }: NodeCheck): number | null {
  const smooth = elements.filter(({ verdict }) => verdict !== 'kink');
  const norm = (read: (one: Comparison) => number): number => Math.hypot(...smooth.map(read));
  const larger = Math.max(
    norm(({ analytic }) => analytic),
    norm(({ numeric }) => numeric),
  );
  if (smooth.length === 0 || larger < 10 * norm(({ resolution }) => resolution)) return null;
  return larger === 0 ? 0 : norm(({ analytic, numeric }) => analytic - numeric) / larger;
}

function errorText(check: NodeCheck): string {
  const error = relativeErrorOf(check);
  if (error !== null) return formatShort(error);
  const seen = check.elements.filter(({ verdict }) => verdict !== 'kink');
  return seen.length === 0
    ? '–'
    : t('below {0}', formatShort(10 * Math.max(...seen.map(({ resolution }) => resolution))));
}

function wrongText(view: PassView, check: NodeCheck): string[] {
  const { lostIn, sum, node } = check;
  const worst = worstOf(check);
  if (!worst) return [];
  if (sum) {
    const { names, graph } = view;
    const of = elementName(names.partial(graph.pass.loss, node), sum.element, graph.node(node).shape);
    return [
      t(
        'What is passed on to {0} adds up to {1} and not to {2}.',
        of,
        formatNumber(sum.sum),
        formatNumber(sum.gradient),
      ),
    ];
  }
  if (worst.verdict === 'undecided')
    return [t('The loss is so large that its rounding hides what the difference would show.')];
  if (worst.verdict === 'rounded')
    return [t('In float64 the same rules give {0}: the digits were lost in float32.', formatNumber(worst.exact))];
  if (worst.verdict !== 'differs') return [];
  if (lostIn !== null) {
    const { op } = view.graph.node(lostIn);
    const told = t('{0}, makes {1} of a finite gradient', opIn(view, lostIn), formatNumber(worst.analytic));
    const convention = conventionOf(op);
    return [convention === null ? `${told}.` : `${told}: ${translationOf(convention)}.`];
  }
  return Math.abs(worst.exact - worst.numeric) <= worst.allowed
    ? [
        t(
          'Computed anew by the same rules it is {0}: the recorded number is wrong, not a rule.',
          formatNumber(worst.exact),
        ),
      ]
    : [
        t(
          'Computed anew by the same rules it is {0}: a rule between here and the loss is wrong.',
          formatNumber(worst.exact),
        ),
      ];
}

const directionText = ({ analytic, numeric }: Comparison, size: number): string =>
  t(
    'Along one direction through all {0} elements it is {1}, and by differences {2}.',
    size,
    formatNumber(analytic),
    formatNumber(numeric),
  );

function kinkCount({ elements, size }: NodeCheck): string[] {
  const count = elements.filter(({ verdict }) => verdict === 'kink').length;
  if (count === 0 || size === 1) return [];
  return [
    count === 1
      ? t('1 of the {0} elements tried has no derivative here.', elements.length)
      : t('{0} of the {1} elements tried have no derivative here.', count, elements.length),
  ];
}

function kinkText(view: PassView, { node, element, kind }: Kink): string {
  const where = opIn(view, node, element);
  const what =
    kind === 'corner'
      ? t('{0}, has another slope on each side', where)
      : kind === 'jump'
        ? t('{0}, jumps here', where)
        : t('{0}, ends here: on one side it is not finite', where);
  const convention = conventionOf(view.graph.node(node).op);
  return convention === null ? `${what}.` : `${what}: ${translationOf(convention)}.`;
}

/** `relu in h[3], line 7`: the op, what it is part of, and where that stands. */
export function opIn(view: PassView, node: NodeId, element: number | null = null): string {
  const { op, shape } = view.graph.node(node);
  const line = view.source(node)?.line;
  const shown = view.shownFor(node) ?? node;
  const name = view.names.shown(shown);
  // Within what has a name, elements are others than the named one's.
  const place = element !== null && shown === node ? elementName(name, element, shape) : name;
  return line === undefined ? t('{0} in {1}', op, place) : t('{0} in {1}, line {2}', op, place, line);
}

function skippedText({ names }: PassView, skipped: Skipped): string {
  switch (skipped.why) {
    case 'no gradient':
      return t('It has no gradient.');
    case 'no float':
      return t('{0} values have no gradient: they cannot change by a little.', skipped.dtype);
    case 'empty':
      return t('It has no elements.');
    case 'content left out':
      return t('The trace does not hold the content of {0}: it is too large.', names.shown(skipped.leaf));
    case 'loss not finite':
      return t('The loss is {0}: there are no differences to take.', formatNumber(skipped.loss));
    case 'not reproduced':
      return t(
        'The loss computed anew is {0} and not {1}: differences would speak of another function.',
        formatNumber(skipped.anew),
        formatNumber(skipped.loss),
      );
  }
}
