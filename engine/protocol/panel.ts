import type { NodeId } from '../base/brand.ts';
import type { Problem } from '../base/problem.ts';
import type { ShownFinding } from '../explain/health/view.ts';
import type { Granularity, GraphView } from '../explain/view.ts';
import type { ComparisonState } from './comparing.ts';
import type { DebugMove, DebugState } from './debugging.ts';
import type { Answer, Question } from './questions.ts';
import type { Task, TaskProgress, TaskResult } from './tasks.ts';
import type { TrainingMove, TrainingState } from './training.ts';

/** What the panel is showing and why. Each has a designed state. */
export type PanelStatus =
  | { readonly kind: 'untrusted' } // the workspace is not trusted: nothing may run
  | { readonly kind: 'unasked' } // nobody has said yet that models of this workspace may run
  | { readonly kind: 'running' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale' } // the last run failed; the graph is the last good one
  | { readonly kind: 'failed' } // the last run failed, and there is no graph yet
  | { readonly kind: 'empty' }; // no model file is open, or it has no model

export interface ProblemView {
  readonly code: Problem['code'];
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Host → panel, always whole: a hidden panel may miss all but the last. */
export interface PanelSnapshot {
  readonly sequence: number;
  readonly status: PanelStatus;
  /** `examples/two-layer-chain.ts`, or null when empty. */
  readonly file: string | null;
  readonly graph: GraphView | null;
  readonly problems: readonly ProblemView[];
  /** What is sick in the gradients of the shown graph, most severe first; null where nothing was looked at. */
  readonly findings: readonly ShownFinding[] | null;
  /** Other models of the run in which something is sick, in the order of the file. */
  readonly findingsElsewhere: readonly { readonly model: string; readonly count: number }[];
}

/**
 * The messages. The panel numbers its requests; the host answers with the same number, or with an error text.
 * Sent as structured clones in VS Code and as JSON on the local page, so numbers in them are finite or null.
 */
export type ToPanel =
  | { readonly type: 'snapshot'; readonly snapshot: PanelSnapshot }
  /** The node under the editor's cursor, or none. */
  | { readonly type: 'select'; readonly node: NodeId | null }
  /** How the debug session stands that is being stepped through, or null without one. */
  | { readonly type: 'debug'; readonly state: DebugState | null }
  /** Checks the gradient of a node of the last snapshot, as its button in the inspector does. */
  | { readonly type: 'check'; readonly node: NodeId }
  /** How the training stands of the shown file, or null without one. */
  | { readonly type: 'training'; readonly state: TrainingState | null }
  /** The shown graph beside an earlier run, or null when nothing is compared. */
  | { readonly type: 'comparison'; readonly state: ComparisonState | null }
  /** Asks the page to draw an SVG of ours as a PNG, so many dots to a pixel. */
  | { readonly type: 'drawPicture'; readonly request: number; readonly svg: string; readonly scale: number }
  | { readonly type: 'reply'; readonly request: number; readonly answer: Answer }
  | { readonly type: 'refused'; readonly request: number; readonly message: string }
  | { readonly type: 'taskProgress'; readonly request: number; readonly progress: TaskProgress }
  | { readonly type: 'taskDone'; readonly request: number; readonly result: TaskResult }
  /** It came to nothing, and why. A task that was stopped is not answered. */
  | { readonly type: 'taskFailed'; readonly request: number; readonly message: string };

export type ToHost =
  /** First message of a (re)loaded panel; the host answers with a snapshot. `view` is what the panel showed before. */
  | { readonly type: 'ready'; readonly view: PanelView | null }
  /** About the graph of the snapshot with this sequence; refused when a newer one has taken its place. */
  | { readonly type: 'ask'; readonly request: number; readonly sequence: number; readonly question: Question }
  /** About the graph of the snapshot with this sequence, as questions are. */
  | { readonly type: 'beginTask'; readonly request: number; readonly sequence: number; readonly task: Task }
  | { readonly type: 'stopTask'; readonly request: number }
  /** Puts the numbers of a what-if into the text, in place of those that they stood for. */
  | { readonly type: 'writeBack'; readonly request: number }
  /** Moves the editor to the source of a node. Does nothing if the document is gone. */
  | { readonly type: 'reveal'; readonly node: NodeId }
  /** Moves the editor to the place of a problem of the snapshot. */
  | { readonly type: 'revealProblem'; readonly index: number }
  /** Moves the editor to the expression that a finding of the snapshot names. */
  | { readonly type: 'revealFinding'; readonly index: number }
  /** Opens the page about the rule of a finding. */
  | { readonly type: 'openRulePage'; readonly index: number }
  | {
      readonly type: 'choose';
      readonly model: string;
      readonly granularity: Granularity;
      readonly opened: readonly NodeId[];
    }
  /** Follows one element through the graph, `W1[2,0]`, or none. A text that means no element is answered in the snapshot. */
  | { readonly type: 'element'; readonly element: string | null }
  /** Lets models of this workspace run (the button of the `unasked` state), or runs again. */
  | { readonly type: 'run' }
  | { readonly type: 'stop' }
  /** Compares what is shown from now on with the step of a training that is shown now. */
  | { readonly type: 'compareStep' }
  | { readonly type: 'endComparison' }
  /** Leads to where the editor asks whether the workspace is trusted (the button of the `untrusted` state). */
  | { readonly type: 'manageTrust' }
  /** The drawn picture in base 64; null when it is too large. */
  | { readonly type: 'picture'; readonly request: number; readonly png: string | null }
  /** Steps the debug session that the editor is in. */
  | { readonly type: 'debug'; readonly move: DebugMove }
  /** Begins a training, or moves the one that there is. */
  | { readonly type: 'training'; readonly move: TrainingMove }
  | { readonly type: 'seek'; readonly position: number }
  /** Takes the debug session to where a node is worked on. */
  | { readonly type: 'seekNode'; readonly node: NodeId };

/** Which graphs are drawn: of the values, of the gradients, or one beside the other. */
export type Sides = 'forward' | 'backward' | 'both';

/** What a panel remembers of itself, over hiding, moving and reloading. */
export interface PanelView {
  readonly model: string | null;
  readonly granularity: Granularity;
  /** Folds that were opened into their ops. */
  readonly opened: readonly NodeId[];
  readonly chosen: NodeId | null;
  /** The element that is followed: `W1[2,0]`. */
  readonly element: string | null;
  readonly camera: { readonly x: number; readonly y: number; readonly zoom: number } | null;
  readonly sides: Sides;
  /** Whether the charts of a training are out of the way. */
  readonly foldedCharts: boolean;
}
