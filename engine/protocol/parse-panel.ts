import * as v from 'valibot';
import type { NodeId } from '../base/brand.ts';
import { debugMoves } from './debugging.ts';
import type { PanelView, ToHost, ToPanel } from './panel.ts';

/** Messages of the panel as they come in: of any shape, until they have been looked at. */

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const nodeId = v.pipe(
  whole,
  v.transform((id) => id as NodeId),
);
const granularity = v.picklist(['named', 'op']);
const text = v.pipe(v.string(), v.maxLength(1000));
const opened = v.pipe(v.array(nodeId), v.maxLength(1000));
const finite = v.pipe(v.number(), v.finite());

const view = v.object({
  model: v.nullable(text),
  granularity,
  opened,
  chosen: v.nullable(nodeId),
  // Nor has it an element.
  element: v.optional(v.nullable(text), null),
  camera: v.nullable(v.object({ x: finite, y: finite, zoom: finite })),
  // What an earlier version remembered has none.
  sides: v.optional(v.picklist(['forward', 'backward', 'both']), 'forward'),
  foldedCharts: v.optional(v.boolean(), false),
});

const question = v.variant('kind', [
  v.object({ kind: v.literal('card'), node: nodeId }),
  v.object({ kind: v.literal('jacobian'), of: nodeId, by: nodeId, through: v.nullable(nodeId) }),
  v.object({ kind: v.literal('elements'), node: nodeId, what: v.picklist(['value', 'gradient']) }),
  v.object({ kind: v.literal('formula'), node: nodeId }),
  v.object({ kind: v.literal('backward') }),
  v.object({ kind: v.literal('flow'), node: nodeId }),
]);

const leafChange = v.object({ node: nodeId, element: whole, to: finite });
const task = v.variant('kind', [
  v.object({ kind: v.literal('check'), node: v.nullable(nodeId) }),
  v.object({ kind: v.literal('whatIf'), changes: v.pipe(v.array(leafChange), v.minLength(1), v.maxLength(100)) }),
]);

const stepOfTraining = v.pipe(whole, v.minValue(1));
const training = v.variant('kind', [
  v.object({ kind: v.literal('start'), model: v.nullable(text) }),
  v.object({ kind: v.picklist(['run', 'pause', 'step', 'reset', 'stop']) }),
  v.object({ kind: v.literal('speed'), stepsPerSecond: v.nullable(v.pipe(finite, v.minValue(0.1), v.maxValue(1e6))) }),
  v.object({ kind: v.literal('show'), step: v.nullable(stepOfTraining) }),
  v.object({ kind: v.literal('keepWeights'), on: v.boolean() }),
]);

const toHost = v.variant('type', [
  v.object({ type: v.literal('ready'), view: v.nullable(view) }),
  v.object({ type: v.literal('ask'), request: whole, sequence: whole, question }),
  v.object({ type: v.literal('beginTask'), request: whole, sequence: whole, task }),
  v.object({ type: v.literal('stopTask'), request: whole }),
  v.object({ type: v.literal('writeBack'), request: whole }),
  v.object({ type: v.picklist(['reveal', 'seekNode']), node: nodeId }),
  v.object({ type: v.literal('revealProblem'), index: whole }),
  v.object({ type: v.picklist(['revealFinding', 'openRulePage']), index: whole }),
  v.object({ type: v.literal('choose'), model: text, granularity, opened }),
  v.object({ type: v.literal('element'), element: v.nullable(text) }),
  v.object({ type: v.literal('run') }),
  v.object({ type: v.literal('stop') }),
  v.object({ type: v.picklist(['compareStep', 'endComparison', 'manageTrust']) }),
  v.object({
    type: v.literal('picture'),
    request: whole,
    png: v.nullable(v.pipe(v.string(), v.maxLength(2 ** 28), v.regex(/^[A-Za-z0-9+/]*={0,2}$/))),
  }),
  v.object({ type: v.literal('debug'), move: v.picklist(debugMoves) }),
  v.object({ type: v.literal('training'), move: training }),
  v.object({ type: v.literal('seek'), position: whole }),
]);

/** A message from the panel, or null for anything that is none. */
export function parseToHost(message: unknown): ToHost | null {
  const parsed = v.safeParse(toHost, message);
  return parsed.success ? parsed.output : null;
}

/** What a page kept of itself; null for anything else that may lie there. */
export function parsePanelView(state: unknown): PanelView | null {
  const parsed = v.safeParse(view, state);
  return parsed.success ? parsed.output : null;
}

/** A record, not a list: one that is left out does not compile. */
const toPanelTypes: Readonly<Record<ToPanel['type'], true>> = {
  snapshot: true,
  select: true,
  debug: true,
  check: true,
  training: true,
  comparison: true,
  drawPicture: true,
  reply: true,
  refused: true,
  taskProgress: true,
  taskDone: true,
  taskFailed: true,
};

/** The host is trusted, other frames are not: what does not speak the protocol is not for the panel. */
export const isToPanel = (message: unknown): message is ToPanel =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  Object.hasOwn(toPanelTypes, String(message.type));
