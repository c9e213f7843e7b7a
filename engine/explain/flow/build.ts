import { earliestUse } from '../../analysis/health/earliest-use.ts';
import { type Leak, type Leaks, type Passage, leaksOf } from '../../analysis/health/leak.ts';
import { placeOf } from '../../analysis/health/place.ts';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { lostIn, placeOf as placeIn } from '../health/words.ts';
import { typeset } from '../names.ts';
import { formatShort } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import { localName } from './local-name.ts';
import { marksOf } from './marks.ts';
import { fewest, normOf } from './repetitions.ts';
import { repetitionsText } from './repetitions-text.ts';
import { sparklineOf } from './sparkline.ts';
import type { FlowBar, FlowView } from './view.ts';

/** Places that a screen holds; the smallest of more are left to the summary. */
const mostBars = 40;

/** So many decades below the loss a gradient is worth a word about where they are lost. */
export const far = 4;

/** A change that is worth a sentence, in decades. */
const worthTelling = 0.5;

/**
 * The way of the gradient from the loss to a node, along the strongest contributions: what each place of the source makes of
 * its norm. Decades add up to the whole. Null where there is no gradient.
 */
export function buildFlow(view: PassView, node: NodeId): FlowView | null {
  const { graph } = view;
  const leaks = leaksOf(graph, earliestUse(graph, node) ?? node);
  if (!leaks || node === graph.pass.loss) return null;
  return {
    node,
    title: titleOf(view, node, leaks),
    summary: summaryOf(view, leaks),
    bars: barsOf(view, leaks),
    repetitions: repetitionsText(view, node),
  };
}

/** The sentence that names where most is lost or gained; null where neither is worth one. */
export function summaryOf(view: PassView, { lost, places, passages }: Leaks): string | null {
  const [worst] = places;
  const most = places.at(-1);
  if (worst && worst.decades < -worthTelling && -worst.decades >= (most?.decades ?? 0)) {
    const culprit = worst.passages[0]!.through;
    if (worst.decades === -Infinity) return nothingPasses(view, worst, passages);
    return lostIn({ lost: -worst.decades, of: -lost, culprit, repetitions: worst.passages.length }, view);
  }
  if (!most || !(most.decades > worthTelling)) return null;
  const { through } = most.passages[0]!;
  return t('{0} decades are gained in {1}.', most.decades.toFixed(1), placeIn(through, view, most.passages.length));
}

/** What is lost before says whether a factor is 0, or whether the gradient had become too small for its numbers. */
function nothingPasses(view: PassView, { passages }: Leak, way: readonly Passage[]): string {
  const end = way.findIndex(({ decades }) => decades === -Infinity);
  const before = way.slice(0, end).reduce((sum, { decades }) => sum + Math.min(0, decades), 0);
  const at = placeIn(way[end]!.through, view, passages.length);
  return before < -far
    ? t('Nothing passes {0}; {1} decades are lost before.', at, (-before).toFixed(1))
    : t('Nothing passes {0}.', at);
}

/** A parameter that a loop uses is told by its first use, where the least arrives. */
function titleOf({ graph, names }: PassView, node: NodeId, { node: measured, decades }: Leaks): string {
  const { loss } = graph.pass;
  const norm = formatShort(normOf(graph, measured));
  const of =
    measured === node
      ? `‖${names.partial(loss, node)}‖`
      : t('First of {0} uses of {1}, where the least arrives: norm', graph.useCount(node), names.shown(node));
  if (!Number.isFinite(decades)) return `${of} = ${norm}`;
  const size = Math.abs(decades).toFixed(1);
  const whole = names.partial(loss, loss);
  return decades < 0
    ? t('{0} = {1}, {2} decades below {3} = 1', of, norm, size, whole)
    : t('{0} = {1}, {2} decades above {3} = 1', of, norm, size, whole);
}

/** As the gradient comes by. Where nothing arrives the way ends. */
function barsOf(view: PassView, leaks: Leaks): FlowBar[] {
  const { passages, places } = leaks;
  const end = passages.findIndex(({ decades }) => decades === -Infinity);
  const order = new Map(passages.map((passage, i) => [passage, i]));
  const begin = (leak: Leak): number => (leak.decades === -Infinity ? Infinity : order.get(leak.passages[0]!)!);
  const passed = places.filter((leak) => end < 0 || order.get(leak.passages[0]!)! <= end);
  const shown = passed
    .sort((a, b) => Math.abs(b.decades) - Math.abs(a.decades))
    .slice(0, mostBars)
    .sort((a, b) => begin(a) - begin(b));
  let before = 0;
  return shown.map((leak): FlowBar => {
    const bar = barOf(view, leaks, leak, before);
    before = bar.after ?? before;
    return bar;
  });
}

function barOf(view: PassView, { passages: way, lost, places }: Leaks, leak: Leak, before: number): FlowBar {
  const { graph } = view;
  const { passages, decades } = leak;
  const { through } = passages[0]!;
  const reveals = placeOf(graph, through)?.node ?? through;
  const arrives = Number.isFinite(decades);
  const isLoss = decades < 0;
  return {
    label: localName(view, through),
    place: placeText(view, leak),
    source: view.source(reveals),
    reveals,
    count: passages.length,
    decades: arrives ? decades : null,
    text: decadesText(decades),
    before,
    after: arrives ? before + decades : null,
    norm: formatShort(normOf(graph, passages.at(-1)!.to)),
    share: isLoss && arrives && Number.isFinite(lost) ? `${Math.round((decades / lost) * 100)} %` : null,
    isCulprit: leak === places[0] && decades < -worthTelling,
    sparkline: passages.length < fewest ? null : sparklineOf(passages.map(({ to }) => normOf(graph, to))),
    lit: marksOf(view, way, passages),
  };
}

/** `h, line 9`: what the place makes, without the number of the repetition. */
function placeText(view: PassView, { passages }: { readonly passages: readonly Passage[] }): string | null {
  const at = placeOf(view.graph, passages[0]!.through)?.node;
  const source = at === undefined ? null : view.source(at);
  if (at === undefined || source === null) return null;
  const shown = view.shownFor(at) ?? at;
  const name = view.graph.node(shown).name;
  return name === null ? t('line {0}', source.line) : t('{0}, line {1}', typeset(name), source.line);
}

/** With its sign, two places: a tenth of a decade is a quarter. */
export function decadesText(decades: number): string {
  if (Number.isNaN(decades)) return 'NaN';
  if (!Number.isFinite(decades)) return decades > 0 ? '+∞' : '−∞';
  const size = Math.abs(decades).toFixed(2);
  return Number(size) === 0 ? '0.00' : `${decades < 0 ? '−' : '+'}${size}`;
}
