import type { NodeId } from '../base/brand.ts';
import type { CheckProgress, CheckView } from '../explain/check/view.ts';
import type { LeafChange, WhatIfView } from '../explain/what-if/view.ts';

/**
 * What the panel may ask for that takes its time: the host works on it beside everything else, says how far it is, and can
 * be stopped. One row for each kind; a newer task takes the place of one of its kind.
 */
export interface Tasks {
  /** Gradients against central differences: of one node, or of all. */
  readonly check: {
    readonly asks: { readonly node: NodeId | null };
    readonly progress: CheckProgress;
    readonly told: CheckView;
  };
  /** A run with other numbers in its leaves, beside the one that is shown; a preview of it comes first where that is quick. */
  readonly whatIf: {
    readonly asks: { readonly changes: readonly LeafChange[] };
    readonly progress: WhatIfView;
    readonly told: WhatIfView;
  };
}

export type TaskKind = keyof Tasks;

export type Task = {
  readonly [Kind in TaskKind]: { readonly kind: Kind } & Tasks[Kind]['asks'];
}[TaskKind];

/** What a task of one kind comes to. */
export type Outcome<Kind extends TaskKind> = Tasks[Kind]['told'];

export type TaskResult = {
  readonly [Kind in TaskKind]: { readonly kind: Kind; readonly told: Outcome<Kind> };
}[TaskKind];

/** How far a task of one kind is. */
export type Progress<Kind extends TaskKind> = Tasks[Kind]['progress'];

export type TaskProgress = Progress<TaskKind>;
