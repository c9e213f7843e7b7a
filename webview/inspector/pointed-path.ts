import { signal } from '@preact/signals';
import type { ChainPath } from '../../engine/explain/view.ts';

/** The path to the loss that is pointed at in the inspector: the graph lights it, and nothing else. */
export const pointedPath = signal<ChainPath | null>(null);

/** A path's nodes and edges, as the graph knows them. */
export function litBy({ nodes }: ChainPath): { readonly nodes: readonly number[]; readonly edges: readonly string[] } {
  return { nodes, edges: nodes.slice(1).map((through, i) => `${nodes[i]!}>${through}`) };
}
