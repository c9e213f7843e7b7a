import { computed } from '@preact/signals';
import type { ShownFinding } from '../../engine/explain/health/view.ts';
import { snapshot } from '../state.ts';

export type Severity = ShownFinding['severity'];
export type Change = NonNullable<ShownFinding['marked']>['change'];

export const findings = computed<readonly ShownFinding[] | null>(() => snapshot.value?.findings ?? null);

/** Other models of the file in which something is sick. */
export const elsewhere = computed(() => snapshot.value?.findingsElsewhere ?? []);

/** What findings mark in the graph. */
export interface Marks {
  /** Edges (`from>to`) on which the gradient is lost or grows. */
  readonly edges: ReadonlyMap<string, Change>;
  /** Nodes with a badge: that of the worst finding. */
  readonly badges: ReadonlyMap<number, Severity>;
}

/** The first finding about a node or an edge decides: they come most severe first. */
export const marks = computed<Marks>(() => {
  const edges = new Map<string, Change>();
  const badges = new Map<number, Severity>();
  for (const { marked, nodes, severity } of findings.value ?? []) {
    for (const edge of marked?.edges ?? []) if (!edges.has(edge)) edges.set(edge, marked!.change);
    for (const node of nodes) if (!badges.has(node)) badges.set(node, severity);
  }
  return { edges, badges };
});

export const findingsAbout = (node: number): readonly ShownFinding[] =>
  (findings.value ?? []).filter(({ nodes }) => nodes.some((one) => one === node));
