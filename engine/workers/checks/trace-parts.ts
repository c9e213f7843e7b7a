import type { NodeId } from '../../base/brand.ts';
import type { Content, Contribution, Pass, Scope, Trace, TraceNode } from '../../trace/format.ts';

/**
 * A pass of a trace and all nodes, in parts. Handing a message to another thread copies it here and now: a trace of 80,000 nodes
 * takes most of a second, which nobody may be held up for.
 */
export type TracePart =
  | { readonly of: 'head'; readonly trace: TraceHead; readonly pass: PassHead }
  | { readonly of: 'nodes'; readonly items: readonly TraceNode[] }
  | { readonly of: 'scopes'; readonly items: readonly Scope[] }
  | { readonly of: 'gradients'; readonly items: readonly (readonly [NodeId, Content])[] }
  | { readonly of: 'contributions'; readonly items: readonly Contribution[] };

type TraceHead = Omit<Trace, 'nodes' | 'scopes' | 'passes' | 'log' | 'problems'>;
type PassHead = Omit<Pass, 'gradients' | 'contributions'>;

/** So many of a kind at once take some milliseconds. */
const partSize = 1000;

export function* partsOf(trace: Trace, pass: Pass): Generator<TracePart> {
  const { format, entry, files, sites, nodes, scopes } = trace;
  const { gradients, contributions, ...head } = pass;
  yield { of: 'head', trace: { format, entry, files, sites }, pass: head };
  for (const items of sliced(nodes)) yield { of: 'nodes', items };
  for (const items of sliced(scopes)) yield { of: 'scopes', items };
  for (const items of sliced([...gradients])) yield { of: 'gradients', items };
  for (const items of sliced(contributions)) yield { of: 'contributions', items };
}

function* sliced<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += partSize) yield items.slice(at, at + partSize);
}

/** Puts the parts together again: a trace of one pass. */
export class TraceParts {
  #head: Extract<TracePart, { of: 'head' }> | null = null;
  readonly #nodes: TraceNode[] = [];
  readonly #scopes: Scope[] = [];
  readonly #gradients: (readonly [NodeId, Content])[] = [];
  readonly #contributions: Contribution[] = [];

  add(part: TracePart): void {
    switch (part.of) {
      case 'head':
        this.#head = part;
        return;
      case 'nodes':
        return void this.#nodes.push(...part.items);
      case 'scopes':
        return void this.#scopes.push(...part.items);
      case 'gradients':
        return void this.#gradients.push(...part.items);
      case 'contributions':
        return void this.#contributions.push(...part.items);
    }
  }

  get trace(): Trace {
    if (!this.#head) throw new Error('The first part of the trace is missing.');
    const { trace, pass } = this.#head;
    const gradients = new Map(this.#gradients);
    return {
      ...trace,
      nodes: this.#nodes,
      scopes: this.#scopes,
      passes: [{ ...pass, gradients, contributions: this.#contributions }],
      log: [],
      problems: [],
    };
  }
}
