import type { CheckView } from '../check/view.ts';
import type { FlowView } from '../flow/view.ts';
import type { FindingView } from '../health/view.ts';
import type { Card, GraphView } from '../view.ts';

/** Everything that a report tells of a model. */
export interface ModelReport {
  readonly graph: GraphView;
  /** `E = 0.1993 · ‖∇‖ = 0.2216 · 11 nodes, 4 parameters`. */
  readonly summary: string;
  readonly findings: readonly FindingView[];
  /** In order of the source. */
  readonly parameters: readonly ParameterReport[];
  /** The chain rule of the first parameters. */
  readonly cards: readonly Card[];
  /** Where magnitude is lost, of those parameters to which most is lost. */
  readonly flows: readonly { readonly name: string; readonly flow: FlowView }[];
  /** How many parameters have neither, because there are so many. */
  readonly withoutCard: number;
  /** Null unless it was asked for. */
  readonly check: CheckView | null;
}

export interface ParameterReport {
  readonly name: string;
  readonly shape: string;
  readonly value: string;
  /** Euclidean norm of the gradient; `–` where there is none. */
  readonly norm: string;
  /** Its log₁₀; null where there is none, or it is 0 or not finite. */
  readonly decades: number | null;
  /** Why there is none. */
  readonly noGradient: string | null;
  readonly line: number | null;
}
