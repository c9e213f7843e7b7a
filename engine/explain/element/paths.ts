import type { Element } from '../../replay/element.ts';
import type { ElementMode, ElementTerm } from './mode.ts';

/** From the element up to the loss. */
export interface ElementPath {
  readonly terms: readonly ElementTerm[];
  readonly product: number;
}

const shown = 8;
/** How many elements are looked at for the strongest paths, and for their number. */
const [mostLooked, mostCounted] = [2000, 2000];

/**
 * Paths from an element to the loss, element by element. Looked for along the heaviest terms first (those through which most of
 * the gradient goes), which finds the strongest unless large ones cancel on their way; strongest first.
 */
export function strongestPaths(mode: ElementMode, from: Element): ElementPath[] {
  const { loss } = mode.view.graph.pass;
  const found: ElementPath[] = [];
  const open: { readonly path: ElementPath; readonly weight: number }[] = [
    { path: { terms: [], product: 1 }, weight: Infinity },
  ];
  for (let looked = 0; open.length > 0 && looked < mostLooked && found.length < shown; looked++) {
    const { path } = open.pop()!;
    const at = path.terms.at(-1)?.to ?? from;
    if (at.node === loss) {
      if (path.terms.length > 0) found.push(path);
      continue;
    }
    for (const term of mode.terms(at).listed) {
      const product = path.product * term.local;
      open.push({ path: { terms: [...path.terms, term], product }, weight: Math.abs(product * term.outer) });
    }
    open.sort((a, b) => a.weight - b.weight);
    if (open.length > mostLooked) open.splice(0, open.length - mostLooked);
  }
  return found.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
}

/** How many paths there are; null where they are too many to be looked at one element after the other. */
export function countPaths(mode: ElementMode, from: Element): bigint | null {
  const { loss } = mode.view.graph.pass;
  const key = ({ node, place }: Element): string => `${node}:${place}`;
  const found = new Map<string, Element>([[key(from), from]]);
  for (const element of found.values()) {
    if (element.node === loss) continue;
    const { listed, others } = mode.terms(element);
    if (others > 0 || found.size > mostCounted) return null;
    for (const { to } of listed) found.set(key(to), to);
  }
  const counts = new Map<string, bigint>();
  // Latest first: what a node leads to is counted before it.
  for (const element of [...found.values()].sort((a, b) => b.node - a.node)) {
    const count =
      element.node === loss
        ? 1n
        : mode.terms(element).listed.reduce((total, { to }) => total + (counts.get(key(to)) ?? 0n), 0n);
    counts.set(key(element), count);
  }
  return counts.get(key(from)) ?? 0n;
}
