import type { NodeId } from '../base/brand.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Fold, Folding } from './folds.ts';
import { type LocalDerivative, localDerivative } from './local-derivative.ts';
import type { PassGraph } from './pass-graph.ts';

/** One step of the chain rule as shown: what `through` passes on to `from`. */
export interface ChainEdge {
  readonly from: NodeId;
  readonly through: NodeId;
  readonly local: LocalDerivative;
  /** What arrives at `from` this way, element by element; null where the trace left it out. */
  readonly contribution: Float64Array | null;
  /** |local| of a scalar, else how much the gradient's norm grows or shrinks on the way. What paths are ranked by. */
  readonly gain: number;
}

export interface Path {
  /** From the loss down. */
  readonly edges: readonly ChainEdge[];
}

/** The ways that gradients take in one granularity. Computed where asked for, and kept. */
export class Chains {
  readonly #edges = new Map<string, ChainEdge | null>();
  readonly #counts = new Map<NodeId, bigint>();
  readonly #strongest = new Map<NodeId, readonly Path[]>();
  readonly #consumers = new Map<NodeId, NodeId[]>();

  constructor(
    readonly graph: PassGraph,
    readonly folding: Folding,
  ) {
    for (const fold of folding.folds.values()) {
      for (const input of fold.inputs) this.#consumers.set(input, [...(this.#consumers.get(input) ?? []), fold.id]);
    }
    // Latest first, so that what a node builds on is always there: recursion would overflow on long chains.
    for (const id of [...folding.folds.keys()].sort((a, b) => b - a)) this.#visit(id);
  }

  fold(id: NodeId): Fold {
    return this.folding.folds.get(id)!;
  }

  consumers(id: NodeId): readonly NodeId[] {
    return this.#consumers.get(id) ?? [];
  }

  /** The terms of ∂L/∂node: one for each consumer that passes something on. */
  terms(id: NodeId): ChainEdge[] {
    return this.consumers(id).flatMap((through) => this.edge(id, through) ?? []);
  }

  edge(from: NodeId, through: NodeId): ChainEdge | null {
    const key = `${from}>${through}`;
    const known = this.#edges.get(key);
    if (known !== undefined) return known;
    const edge = this.#makeEdge(from, through);
    this.#edges.set(key, edge);
    return edge;
  }

  /** How many paths lead from a node to the loss. Counted, never enumerated: it can be beyond any number. */
  pathCount(id: NodeId): bigint {
    return this.#counts.get(id) ?? 0n;
  }

  /** The strongest paths from the loss to a node, strongest first. */
  strongestPaths(id: NodeId): readonly Path[] {
    return this.#strongest.get(id) ?? [];
  }

  /** Everything on any path from a node to the loss. */
  reach(id: NodeId): { nodes: NodeId[]; edges: ChainEdge[] } {
    const nodes = new Set<NodeId>([id]);
    const edges: ChainEdge[] = [];
    for (const node of nodes) {
      for (const edge of this.terms(node)) {
        if (this.pathCount(edge.through) === 0n) continue;
        edges.push(edge);
        nodes.add(edge.through);
      }
    }
    return { nodes: [...nodes], edges };
  }

  #visit(id: NodeId): void {
    if (id === this.graph.pass.loss) {
      this.#counts.set(id, 1n);
      this.#strongest.set(id, [{ edges: [] }]);
      return;
    }
    let count = 0n;
    const paths: Path[] = [];
    for (const edge of this.terms(id)) {
      count += this.pathCount(edge.through);
      for (const { edges } of this.strongestPaths(edge.through)) paths.push({ edges: [...edges, edge] });
    }
    this.#counts.set(id, count);
    this.#strongest.set(id, paths.sort((a, b) => strength(b) - strength(a)).slice(0, shownPaths));
  }

  #makeEdge(from: NodeId, through: NodeId): ChainEdge | null {
    const { graph } = this;
    const fold = this.fold(through);
    if (!graph.hasGradient(through) || !graph.node(from).requiresGrad) return null;
    const contribution = this.#contribution(from, fold);
    if (contribution === undefined) return null;
    const local = localDerivative(graph, fold, from);
    if (!local) return null;
    const upstream = graph.pass.gradients.get(through)!.statistics.norm;
    const gain = local.kind === 'scalar' && local.value ? Math.abs(local.value[0]!) : norm(contribution) / upstream;
    return { from, through, local, contribution, gain };
  }

  /** Sum of what the fold's ops added to the gradient of an input; undefined when none did. */
  #contribution(from: NodeId, { ops }: Fold): Float64Array | null | undefined {
    const inside = new Set(ops);
    let sum: Float64Array | undefined;
    for (const { node, input } of this.graph.consumers(from)) {
      const part = inside.has(node) ? this.graph.contribution(node, input) : undefined;
      if (part === undefined) continue;
      if (part === null) return null;
      sum ??= new Float64Array(sizeOf(this.graph.node(from).shape));
      for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
    }
    return sum;
  }
}

/** How many paths are kept for each node. */
export const shownPaths = 8;

const norm = (numbers: Float64Array | null): number => (numbers ? Math.hypot(...numbers.subarray(0, 4096)) : NaN);

/** Log of the product of the gains, so that hundreds of factors neither overflow nor vanish. */
const strength = ({ edges }: Path): number => edges.reduce((total, { gain }) => total + Math.log(gain || 1e-300), 0);
