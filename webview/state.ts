import { batch, computed, signal } from '@preact/signals';
import type { NodeId } from '../engine/base/brand.ts';
import type { Card, Granularity, NodeView } from '../engine/explain/view.ts';
import type { DebugMove } from '../engine/protocol/debugging.ts';
import type { Question, QuestionKind, Told } from '../engine/protocol/questions.ts';
import type { PanelSnapshot, Sides, ToPanel } from '../engine/protocol/panel.ts';
import type { Task, TaskKind } from '../engine/protocol/tasks.ts';
import type { TrainingMove } from '../engine/protocol/training.ts';
import { comparison } from './compare/comparison-state.ts';
import { debugState } from './debugger/debug-state.ts';
import type { Camera } from './graph/camera.ts';
import { matches } from './graph/scene.ts';
import { rasterised } from './export/rasterise.ts';
import { type Host, connect } from './host.ts';
import { Asking } from './questions.ts';
import { type Following, TasksUnderWay } from './tasks.ts';
import { takeTraining } from './training/training-state.ts';

/** Everything the panel shows comes from here, and only from here. */
export const snapshot = signal<PanelSnapshot | null>(null);
export const hovered = signal<NodeId | null>(null);
export const chosen = signal<NodeId | null>(null);
/** The node under the editor's cursor. */
export const selected = signal<NodeId | null>(null);
/** A node whose gradient is to be checked, until the inspector does. */
export const checkAsked = signal<NodeId | null>(null);
export const search = signal('');
export const opened = signal<readonly NodeId[]>([]);
export const camera = signal<Camera | null>(null);
export const sides = signal<Sides>('forward');
/** Whether the charts of a training are out of the way. */
export const foldedCharts = signal(false);
export const cards = signal<ReadonlyMap<NodeId, Card>>(new Map());
/** Of the snapshot that is on screen, layout included. */
export const drawn = signal({ sequence: 0, layouts: 0 });

export const graph = computed(() => snapshot.value?.graph ?? null);
export const hoveredCard = computed(() => cardOf(hovered.value));
export const chosenCard = computed(() => cardOf(chosen.value));
export const found = computed(() => {
  const query = search.value.trim();
  return query === '' || !graph.value
    ? null
    : new Set(graph.value.nodes.filter((node) => matches(node, query)).map(({ id }) => id));
});

const cardOf = (node: NodeId | null): Card | null => (node === null ? null : (cards.value.get(node) ?? null));
export const nodeOf = (id: NodeId | null): NodeView | null => graph.value?.nodes.find((node) => node.id === id) ?? null;

let chosenName: string | null = null;
/** What was asked to be followed; the snapshot says whether there is such an element. */
let followed: string | null = null;

const host: Host = connect(receive);
const asking = new Asking((message) => host.send(message));
const tasks = new TasksUnderWay((message) => host.send(message));

function receive(message: ToPanel): void {
  if (message.type === 'snapshot') return take(message.snapshot);
  if (message.type === 'select') {
    selected.value = message.node;
    return;
  }
  if (message.type === 'check') {
    checkAsked.value = message.node;
    choose(message.node);
    return;
  }
  if (message.type === 'debug') {
    debugState.value = message.state;
    return;
  }
  if (message.type === 'comparison') {
    comparison.value = message.state;
    return;
  }
  if (message.type === 'drawPicture') return void drawPicture(message);
  if (message.type === 'training') {
    takeTraining(message.state);
    return;
  }
  if (message.type === 'reply' || message.type === 'refused') asking.settle(message);
  else tasks.hear(message);
}

async function drawPicture({ request, svg, scale }: Extract<ToPanel, { type: 'drawPicture' }>): Promise<void> {
  host.send({ type: 'picture', request, png: await rasterised(svg, scale).catch(() => null) });
}

/** A newer run. What the reader had chosen is found again by name: ids are positions in the run. */
function take(next: PanelSnapshot): void {
  const before = snapshot.value;
  if (before && next.sequence < before.sequence) return;
  batch(() => {
    snapshot.value = next;
    if (next.graph) followed = next.graph.element?.query ?? null;
    const nodes = next.graph?.nodes ?? [];
    const again =
      nodes.find(({ id, name }) => id === chosen.value && (chosenName === null || name === chosenName)) ??
      nodes.find(({ name }) => name === chosenName);
    // A page that comes back is first told of a run under way: without a graph there is nothing to find it in.
    if (next.graph) chosen.value = again?.id ?? null;
    chosenName = again?.name ?? chosenName;
    if (!nodes.some(({ id }) => id === hovered.value)) hovered.value = null;
    asking.forget();
    // Old cards stay on screen until the new ones are there: nothing flickers while numbers change.
    const kept = before?.graph?.structure === next.graph?.structure;
    if (!kept) cards.value = new Map();
  });
  for (const node of new Set([chosen.value, hovered.value])) if (node !== null) askCard(node);
}

/** Asks about the graph on screen. */
export function ask<Kind extends QuestionKind>(
  question: Extract<Question, { kind: Kind }>,
  take: (told: Told<Kind>) => void,
): void {
  if (snapshot.value?.graph) asking.ask(snapshot.value.sequence, question, take);
}

/** Lets the host work on something about the graph on screen. @returns what stops it. */
export function beginTask<Kind extends TaskKind>(
  task: Extract<Task, { kind: Kind }>,
  following: Following<Kind>,
): () => void {
  return tasks.begin(snapshot.value?.sequence ?? 0, task, following);
}

/** Puts the numbers of a what-if into the text. */
export const writeBack = (request: number): void => host.send({ type: 'writeBack', request });

function askCard(node: NodeId): void {
  ask({ kind: 'card', node }, (card) => {
    if (card) cards.value = new Map(cards.value).set(node, card);
  });
}

export function hover(node: NodeId | null): void {
  if (hovered.value === node) return;
  hovered.value = node;
  if (node !== null) askCard(node);
}

/** Makes a node the inspector's, and shows its source. */
export function choose(node: NodeId | null): void {
  inspect(node);
  if (node !== null) reveal(node);
}

/** Makes a node the inspector's. */
export function inspect(node: NodeId | null): void {
  chosen.value = node;
  chosenName = nodeOf(node)?.name ?? null;
  if (node !== null) askCard(node);
  remember();
}

/** Shows the source of any node of the run, one that is folded into another too. */
export const reveal = (node: NodeId): void => host.send({ type: 'reveal', node });

/** Opens a fold into its ops, or closes it again. */
export function toggle(node: NodeId): void {
  const view = nodeOf(node);
  const isOpen = opened.value.includes(node);
  if (!isOpen && (view?.ops.length ?? 0) < 2) return;
  opened.value = isOpen ? opened.value.filter((one) => one !== node) : [...opened.value, node];
  show(graph.value!.model, graph.value!.granularity);
}

export function show(model: string, granularity: Granularity): void {
  host.send({ type: 'choose', model, granularity, opened: opened.value });
  remember(model, granularity);
}

/** Shows one element's scalar chain in place of tensors, `W1[2,0]`; null for tensors again. */
export function followElement(query: string | null): void {
  followed = query;
  host.send({ type: 'element', element: query });
  remember();
}

export const run = (): void => host.send({ type: 'run' });
export const compareStep = (): void => host.send({ type: 'compareStep' });
export const manageTrust = (): void => host.send({ type: 'manageTrust' });
export const endComparison = (): void => host.send({ type: 'endComparison' });
export const stop = (): void => host.send({ type: 'stop' });
export const moveDebugger = (move: DebugMove): void => host.send({ type: 'debug', move });
export const seekDebugger = (position: number): void => host.send({ type: 'seek', position });
export const seekNodeInDebugger = (node: NodeId): void => host.send({ type: 'seekNode', node });
export const moveTraining = (move: TrainingMove): void => host.send({ type: 'training', move });
export const revealFinding = (index: number): void => host.send({ type: 'revealFinding', index });
export const openRulePage = (index: number): void => host.send({ type: 'openRulePage', index });
export const revealProblem = (index: number): void => host.send({ type: 'revealProblem', index });

export function moveCamera(next: Camera | null): void {
  camera.value = next;
  remember();
}

/** The camera is let go: it stands where it does because of what was drawn. */
export function showSides(next: Sides): void {
  if (next === sides.value) return;
  batch(() => {
    sides.value = next;
    camera.value = null;
  });
  remember();
}

export function foldCharts(folded: boolean): void {
  foldedCharts.value = folded;
  remember();
}

function remember(model = graph.value?.model ?? null, granularity = graph.value?.granularity ?? 'named'): void {
  const place = camera.value && { x: camera.value.x, y: camera.value.y, zoom: camera.value.zoom };
  const [folds, node] = [opened.value, chosen.value];
  host.remember({
    model,
    granularity,
    opened: folds,
    chosen: node,
    element: followed,
    camera: place,
    sides: sides.value,
    foldedCharts: foldedCharts.value,
  });
}

/** Says that the page is there, and what it showed before. */
export function begin(): void {
  const view = host.remembered;
  if (view) {
    opened.value = view.opened;
    chosen.value = view.chosen;
    followed = view.element;
    camera.value = view.camera;
    sides.value = view.sides;
    foldedCharts.value = view.foldedCharts;
  }
  host.send({ type: 'ready', view });
}
