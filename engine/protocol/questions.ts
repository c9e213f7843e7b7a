import type { NodeId } from '../base/brand.ts';
import type { BackwardGraphView } from '../explain/backward-graph/view.ts';
import type { GradientFunctionView } from '../explain/gradient-function/view.ts';
import type { ElementTable, ElementTableAsked } from '../explain/element/view.ts';
import type { JacobianTold } from '../explain/tensors/jacobian-view.ts';
import type { FlowView } from '../explain/flow/view.ts';
import type { Card } from '../explain/view.ts';

/** What the panel may ask about the pass that it shows, and what it is told. One row for each kind of question. */
export interface Questions {
  /** The chain rule of one node, in the granularity shown. */
  readonly card: { readonly asks: { readonly node: NodeId }; readonly told: Card | null };
  /** The Jacobian between two nodes, taken apart at a node between them: at a given one, or at one that all ways lead through. */
  readonly jacobian: {
    readonly asks: { readonly of: NodeId; readonly by: NodeId; readonly through: NodeId | null };
    readonly told: JacobianTold;
  };
  /** The elements of a tensor's value or gradient, to look at and to choose from; null where there are none. */
  readonly elements: { readonly asks: ElementTableAsked; readonly told: ElementTable | null };
  /** Its gradient as one function of the leaves, to be read and copied. */
  readonly formula: { readonly asks: { readonly node: NodeId }; readonly told: GradientFunctionView | null };
  /** The graph of the backward pass, in the granularity shown. */
  readonly backward: { readonly asks: object; readonly told: BackwardGraphView };
  /** What each place of the source makes of the gradient on its way from the loss to a node; null where there is none. */
  readonly flow: { readonly asks: { readonly node: NodeId }; readonly told: FlowView | null };
}

export type QuestionKind = keyof Questions;

export type Question = {
  readonly [Kind in QuestionKind]: { readonly kind: Kind } & Questions[Kind]['asks'];
}[QuestionKind];

/** What a question of one kind is told. */
export type Told<Kind extends QuestionKind> = Questions[Kind]['told'];

export type Answer = {
  readonly [Kind in QuestionKind]: { readonly kind: Kind; readonly told: Told<Kind> };
}[QuestionKind];
