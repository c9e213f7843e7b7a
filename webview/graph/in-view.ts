import { signal } from '@preact/signals';
import type { NodeId } from '../../engine/base/brand.ts';

/** A node that is wanted on screen, each time anew: the graph moves its camera as little as that takes. */
export const wantedInView = signal<{ readonly node: NodeId } | null>(null);

export function bringIntoView(node: NodeId): void {
  wantedInView.value = { node };
}
