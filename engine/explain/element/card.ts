import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Element } from '../../replay/element.ts';
import { nodeView } from '../node-view.ts';
import { formatNumber } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import { shownFactors } from '../paths.ts';
import { readingOfNumber } from '../reading.ts';
import { shareFrom } from '../share.ts';
import { cancellationText } from '../terms.ts';
import type { Card, ChainPath, Factor, Term } from '../view.ts';
import { whyView } from '../why.ts';
import type { ElementMode, ElementTerm } from './mode.ts';
import { type ElementPath, countPaths, strongestPaths } from './paths.ts';
import { sumText } from './sum.ts';

/** So many terms are listed one by one, and so many products stand in a title. */
const [listed, written] = [8, 3];

/**
 * The chain rule of one number: of the chosen element, and of the element that stands for another node on its way. Null where
 * no element is chosen, and for nodes that it has no part in.
 */
export function elementCard(view: PassView, id: NodeId, whole = false): Card | null {
  const mode = view.element;
  const seat = mode?.seat(id);
  if (!mode || !seat) return null;
  const { element } = seat;
  const node = nodeView(view, id);
  const { loss } = view.graph.pass;
  const sum = mode.terms(element);
  const terms = sum.listed.slice(0, listed);
  const paths = strongestPaths(mode, element);
  const count = countPaths(mode, element);
  const gradient = mode.gradientOf(element);
  const others = sum.others + sum.listed.length - terms.length;
  const left = sum.sum - terms.reduce((total, { product }) => total + product, 0);
  const lit = view.chains.reach(id);
  const isOnWay = (one: NodeId): boolean => mode.seat(one) !== null;
  return {
    node,
    title: titleOf(mode, element, paths),
    gradient: node.gradient,
    terms: terms.map((term) => termView(mode, term, sum.listed.length > 1 ? sum.sum : null)),
    restOfTerms:
      others > 0 ? { count: String(others), sum: readingOfNumber(left), share: shareFrom(left / sum.sum) } : null,
    matrices: [],
    cancellation: sum.listed.length > 1 ? cancellationText(sum.magnitude, Math.abs(sum.sum)) : null,
    paths: paths.map((path) => pathView(mode, path, paths.length > 1 ? gradient : null, whole)),
    restOfPaths: restOfPaths(paths, count, gradient),
    pathCount: count === null ? `> ${paths.length}` : String(count),
    sum: id === loss ? readingOfNumber(1) : sum.listed.length === 0 ? null : readingOfNumber(sum.sum),
    why: gradient === null || gradient === 0 ? whyView(view, id, element.place) : null,
    health: [],
    note: noteOf(mode, element, count),
    lit: {
      nodes: lit.nodes.filter(isOnWay),
      edges: lit.edges
        .filter(({ from, through }) => isOnWay(from) && isOnWay(through))
        .map(({ from, through }) => `${from}>${through}`),
    },
  };
}

function titleOf(mode: ElementMode, element: Element, paths: readonly ElementPath[]): string {
  const { loss } = mode;
  const whole = mode.partial(loss, element);
  const sum = mode.terms(element);
  if (element.node === loss.node) return `${whole} = 1`;
  if (mode.gradientOf(element) === null) return t('{0} does not exist', whole);
  if (sum.listed.length === 0) return `${whole} = 0`;
  const [path] = paths;
  if (paths.length === 1 && path && sum.listed.length === 1 && shownFactors(path.terms.length, false).hidden === null) {
    const symbols = path.terms.map(({ from, to }) => mode.partial(to, from)).reverse();
    return `${whole} = ${symbols.length === 1 ? localOf(mode, path.terms[0]!).formula : symbols.join(' · ')}`;
  }
  const text = sumText(mode.formulas, sum);
  if (text !== null) return `${whole} = ${text}`;
  const count = sum.listed.length + sum.others;
  const products = sum.listed.slice(0, count > written ? written - 1 : written).map((term) => symbolOf(mode, term));
  const added = `${whole} = ${products.join(' + ')}`;
  return count > written ? t('{0} + … ({1} terms)', added, count) : added;
}

const symbolOf = (mode: ElementMode, { from, to }: ElementTerm): string =>
  to.node === mode.loss.node ? mode.partial(to, from) : `${mode.partial(mode.loss, to)} · ${mode.partial(to, from)}`;

/** What a term and a factor say of ∂o/∂e. */
function localOf(mode: ElementMode, term: ElementTerm): { formula: string; numbers: string } {
  const local = mode.formulas.local(term);
  if (!local) return { formula: '…', numbers: '' };
  return { formula: mode.formulas.text(local), numbers: mode.formulas.numbers(local) };
}

function termView(mode: ElementMode, term: ElementTerm, whole: number | null): Term {
  const { to, outer, local, product } = term;
  return {
    through: mode.nameOf(to),
    throughNode: to.node,
    symbol: symbolOf(mode, term),
    outer: readingOfNumber(outer),
    ...localOf(mode, term),
    local: readingOfNumber(local),
    value: readingOfNumber(product),
    share: whole === null ? null : shareFrom(product / whole),
  };
}

function pathView(
  mode: ElementMode,
  { terms, product }: ElementPath,
  gradient: number | null,
  whole: boolean,
): ChainPath {
  const { kept, hidden } = shownFactors(terms.length, whole);
  const lossFirst = [...terms].reverse();
  let soFar = 1;
  const running = lossFirst.map(({ local }) => (soFar *= local));
  const factors = kept.map((i): Factor => {
    const term = lossFirst[i]!;
    const { from, to, local } = term;
    const magnitude = Math.abs(running[i]!);
    return {
      of: mode.nameOf(to),
      by: mode.nameOf(from),
      ofNode: to.node,
      byNode: from.node,
      symbol: mode.partial(to, from),
      ...localOf(mode, term),
      value: readingOfNumber(local),
      product: readingOfNumber(running[i]!),
      decades: Number.isFinite(magnitude) && magnitude > 0 ? Math.log10(magnitude) : null,
      kink: null,
      remark: null,
    };
  });
  return {
    nodes: [...terms.map(({ from }) => from.node), mode.loss.node],
    factors,
    hidden,
    product: readingOfNumber(product),
    share: gradient === null ? null : shareFrom(product / gradient),
  };
}

/** The gradient less what the listed paths bring. */
function restOfPaths(
  paths: readonly ElementPath[],
  count: bigint | null,
  gradient: number | null,
): Card['restOfPaths'] {
  if (gradient === null || (count !== null && count <= BigInt(paths.length))) return null;
  const left = paths.reduce((rest, { product }) => rest - product, gradient);
  const others = count === null ? '…' : String(count - BigInt(paths.length));
  return { count: others, sum: readingOfNumber(left), share: shareFrom(left / gradient) };
}

function noteOf(mode: ElementMode, element: Element, count: bigint | null): string {
  const { names, graph } = mode.view;
  const name = mode.nameOf(element);
  const loss = names.shown(graph.pass.loss);
  const value = t('value {0} = {1}', name, formatNumber(mode.valueOf(element)));
  if (element.node === mode.element.node) {
    if (count === null || count === 0n) return value;
    const paths = count === 1n ? t('One path to {0}', loss) : t('{0} paths to {1}', String(count), loss);
    return `${paths} · ${value}`;
  }
  const { dependent, size, through } = mode.seat(element.node)!;
  if (size === 1) return value;
  const chosen = mode.nameOf(mode.element);
  const depends =
    dependent === 1
      ? t('{0} is the only element of {1} that depends on {2}', name, names.shown(element.node), chosen)
      : t(
          '{0} of {1} elements of {2} depend on {3}; most of its gradient goes through this one',
          dependent,
          size,
          names.shown(element.node),
          chosen,
        );
  const share = t(
    '{0} of {1} goes through {2}',
    formatNumber(through),
    mode.partial(mode.loss, mode.element),
    names.shown(element.node),
  );
  return [depends, share, value].join(' · ');
}
