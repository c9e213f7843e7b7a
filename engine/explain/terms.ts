import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { ChainEdge } from '../analysis/chain.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Content } from '../trace/format.ts';
import { statisticsOf } from '../trace/statistics.ts';
import { localOf } from './factor.ts';
import { formatShort } from './numbers.ts';
import type { PassView } from './pass-view.ts';
import { readingOf, readingOfGain } from './reading.ts';
import { shareOf } from './share.ts';
import type { Card, Reading, Term } from './view.ts';

/** A weight of a loop has as many terms as the loop has turns: so many are listed, the heaviest. */
const listed = 24;

/** Terms that add up to less than a tenth of their magnitudes have lost a digit to it at least. */
const cancelling = 10;

/** More numbers than this are not added up once more only to be compared with the gradient. */
const summable = 2 ** 20;

/** The sum over consumers: each term with its share, what was not listed, and whether large terms cancel. */
export function termsOf(view: PassView, id: NodeId): Pick<Card, 'terms' | 'restOfTerms' | 'sum' | 'cancellation'> {
  const edges = view.chains.terms(id);
  const { shape } = view.graph.node(id);
  const whole = view.graph.pass.gradients.get(id) ?? null;
  const sum = id === view.graph.pass.loss ? whole : sumOf(edges, sizeOf(shape), whole);
  const shown = heaviest(edges);
  const terms = shown.map((edge) => termView(edge, view, edges.length > 1 ? sum : null));
  const others = edges.filter((edge) => !shown.includes(edge));
  const rest = others.length === 0 ? null : sumOf(others, sizeOf(shape), null);
  return {
    terms,
    restOfTerms:
      others.length === 0
        ? null
        : { count: String(others.length), sum: rest && readingOf(rest, shape), share: shareOf(rest, sum) },
    sum: sum && readingOf(sum, shape),
    cancellation: edges.length > 1 && sum ? cancellationOf(edges, sum) : null,
  };
}

function termView(edge: ChainEdge, view: PassView, whole: Content | null): Term {
  const { graph, names } = view;
  const { from, through } = edge;
  const { loss } = graph.pass;
  const { formula, numbers, value } = localOf(edge, view);
  return {
    through: names.shown(through),
    throughNode: through,
    // ∂L/∂L is 1: a direct way to the loss has one factor.
    symbol:
      through === loss
        ? names.partial(loss, from)
        : `${names.partial(loss, through)} · ${names.partial(through, from)}`,
    outer: readingOf(graph.pass.gradients.get(through)!, graph.node(through).shape),
    formula,
    numbers,
    local: value,
    value: contributed(edge, view),
    share: shareOf(edge.content, whole),
  };
}

/** What arrives one way. */
const contributed = ({ content, from, gain }: ChainEdge, { graph }: PassView): Reading =>
  content ? readingOf(content, graph.node(from).shape) : readingOfGain(gain);

function heaviest(edges: readonly ChainEdge[]): readonly ChainEdge[] {
  if (edges.length <= listed) return edges;
  const weight = ({ content }: ChainEdge): number => content?.statistics.norm ?? 0;
  const ranked = [...edges].sort((a, b) => weight(b) - weight(a)).slice(0, listed);
  const chosen = new Set(ranked);
  return edges.filter((edge) => chosen.has(edge));
}

/** Null without terms; `instead` where the trace left out a term, or there is too much to add up. */
function sumOf(edges: readonly ChainEdge[], size: number, instead: Content | null): Content | null {
  if (edges.length === 0) return null;
  if (edges.length * size > summable) return instead;
  if (edges.length === 1) return edges[0]!.content ?? instead;
  const sum = new Float64Array(size);
  for (const { content } of edges) {
    if (!content?.data) return instead;
    for (let i = 0; i < size; i++) sum[i]! += content.data[i]!;
  }
  return { statistics: statisticsOf(sum), data: sum };
}

/** The criterion: Σ‖term‖ is at least ten times ‖Σ term‖. The numbers of both are in the text. */
function cancellationOf(edges: readonly ChainEdge[], sum: Content): string | null {
  const sizes = edges.reduce((total, { content }) => total + (content?.statistics.norm ?? NaN), 0);
  return cancellationText(sizes, sum.statistics.norm);
}

/** Of the sum of the terms' magnitudes, and the magnitude of their sum. */
export function cancellationText(sizes: number, whole: number): string | null {
  if (!(sizes >= cancelling * whole) || sizes === 0) return null;
  const [large, small] = [formatShort(sizes), formatShort(whole)];
  if (whole === 0) return t('The terms cancel to exactly 0: their magnitudes add up to {0}.', large);
  const ratio = formatShort(Math.round(sizes / whole));
  return t('The terms cancel: their magnitudes add up to {0}, {1} times their sum {2}.', large, ratio, small);
}
