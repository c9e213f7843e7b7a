import { computed, signal } from '@preact/signals';
import type { DebugState } from '../../engine/protocol/debugging.ts';
import type { Face } from '../graph/face.ts';

/** The debug session that the editor is in; null without one. */
export const debugState = signal<DebugState | null>(null);

/** What the next step is about. */
export const currentNode = computed(() => debugState.value?.current ?? null);

/** What of the graph has not been computed where the session stands. */
export interface NotYet {
  /** Values are being computed; no gradient is there. */
  readonly isForward: boolean;
  readonly nodes: ReadonlySet<number>;
  /** Gradients to which something will be added still. */
  readonly soFar: ReadonlyMap<number, string>;
}

/** Null where everything is there, because nothing is stepped through. */
export const notYet = computed<NotYet | null>(() => {
  const state = debugState.value;
  return (
    state && {
      isForward: state.position < state.forwardLength,
      nodes: new Set(state.faint),
      soFar: new Map(state.soFar.map(({ node, text }) => [node, text])),
    }
  );
});

/** A node as it is written while one steps: without what has not been computed. */
export function faceSoFar(face: Face, node: number, { isForward, nodes, soFar }: NotYet): Face {
  const none = { gradient: '', magnitude: null };
  if (isForward)
    return nodes.has(node) ? { ...face, ...none, value: face.value && '…', histogram: [] } : { ...face, ...none };
  if (!nodes.has(node)) return face;
  const text = soFar.get(node);
  return { ...face, ...none, gradient: text === undefined ? '' : `∂ ${text} + …` };
}
