import type { NodeId } from '../base/brand.ts';
import { ChainEdge } from './chain-edge.ts';
import { Flows } from './flows.ts';
import type { Fold, Folding } from './folds.ts';
import type { PassGraph } from './pass-graph.ts';
import { type Path, StrongestPaths } from './strongest-paths.ts';

export { ChainEdge } from './chain-edge.ts';
export { type Path, shownPaths } from './strongest-paths.ts';

/** The ways that gradients take in one granularity. Computed where asked for, and kept. */
export class Chains {
  readonly #terms = new Map<NodeId, readonly ChainEdge[]>();
  readonly #byReader = new Map<NodeId, ReadonlyMap<NodeId, ChainEdge>>();
  readonly #strongest: StrongestPaths;
  #madeFlows: Flows | null = null;

  constructor(
    readonly graph: PassGraph,
    readonly folding: Folding,
  ) {
    this.#strongest = new StrongestPaths(graph.pass.loss, (id) => this.terms(id));
  }

  fold(id: NodeId): Fold {
    return this.folding.folds.get(id)!;
  }

  /** The terms of ∂L/∂node: one for each consumer that passes something on, in order of execution. */
  terms(id: NodeId): readonly ChainEdge[] {
    let terms = this.#terms.get(id);
    if (!terms) {
      terms = Array.from(this.#flows.throughs(id), (through) => {
        return new ChainEdge(this.graph, this.fold(through as NodeId), id);
      });
      this.#terms.set(id, terms);
    }
    return terms;
  }

  /** Null where no gradient flows. */
  edge(from: NodeId, through: NodeId): ChainEdge | null {
    const terms = this.terms(from);
    // A weight of a loop is read by every one of its turns: looked for one by one, they would cost their number squared.
    if (terms.length <= 8) return terms.find((edge) => edge.through === through) ?? null;
    let known = this.#byReader.get(from);
    if (!known) this.#byReader.set(from, (known = new Map(terms.map((edge) => [edge.through, edge]))));
    return known.get(through) ?? null;
  }

  /** How many paths lead from a node to the loss. Counted, never enumerated: it can be beyond any number. */
  pathCount(id: NodeId): bigint {
    return this.#flows.count(id);
  }

  /** Whether any path leads from a node to the loss. */
  reaches(id: NodeId): boolean {
    return this.#flows.reaches(id);
  }

  /** The strongest paths from the loss to a node, strongest first; none where no gradient arrives. */
  strongestPaths(id: NodeId): Path[] {
    return this.reaches(id) ? this.#strongest.of(id) : [];
  }

  /** Everything on any path from a node to the loss. */
  reach(id: NodeId): { nodes: NodeId[]; edges: ChainEdge[] } {
    const nodes = new Set<NodeId>([id]);
    const edges: ChainEdge[] = [];
    for (const node of nodes) {
      for (const edge of this.terms(node)) {
        edges.push(edge);
        nodes.add(edge.through);
      }
    }
    return { nodes: [...nodes], edges };
  }

  get #flows(): Flows {
    this.#madeFlows ??= new Flows(this.graph, this.folding);
    return this.#madeFlows;
  }
}
