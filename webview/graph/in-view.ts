import { batch, signal } from '@preact/signals';
import type { NodeId } from '../../engine/base/brand.ts';
import { camera, moveCamera } from '../state.ts';

/** A node that is wanted on screen, each time anew: the graph moves its camera as little as that takes. */
export const wantedInView = signal<{ readonly node: NodeId } | null>(null);

export function bringIntoView(node: NodeId): void {
  wantedInView.value = { node };
}

/** Whether a reader who has not moved sees all of the graph, however small, in place of what can be read of it. */
export const wholeInView = signal(false);

/** All of the graph; where that is what is seen already, what can be read of it. */
export function wholeOrReadable(): void {
  batch(() => {
    wholeInView.value = camera.value !== null || !wholeInView.value;
    moveCamera(null);
  });
}
