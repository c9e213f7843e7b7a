import type { NodeId } from '../base/brand.ts';

/** How a debug session stands, as the panel follows it: in terms of the nodes that the panel shows. */
export interface DebugState {
  /** `chain · backward pass, step 3 of 14`. */
  readonly title: string;
  /** How many moments are done, and of how many; the backward pass begins after `forwardLength` of them. */
  readonly position: number;
  readonly length: number;
  readonly forwardLength: number;
  /** What happens next; null at the end, and where the panel shows another text or another model. */
  readonly current: NodeId | null;
  /** Shown nodes whose value, or in the backward pass whose gradient, is not there yet, or not whole. */
  readonly faint: readonly NodeId[];
  /** Gradients to which something will be added still: what they are so far. */
  readonly soFar: readonly { readonly node: NodeId; readonly text: string }[];
  /** The text was edited since the session's run. */
  readonly stale: boolean;
  /** What leaves were given in place of the run's values: `w₁ = 0.5 (was 0.8)`. Empty without a what-if. */
  readonly whatIf: readonly string[];
  /** Whether the panel's graph is what is stepped through, a what-if's numbers included. */
  readonly isShown: boolean;
}

/** What the panel's buttons ask of a session. */
export const debugMoves = ['over', 'into', 'out', 'back', 'continue', 'reverse', 'restart', 'restore', 'stop'] as const;
export type DebugMove = (typeof debugMoves)[number];
