import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Content } from '../../trace/format.ts';
import { contentOf } from '../../trace/statistics.ts';
import { formatNumber, formatShort } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import { readingOf, readingOfNumber } from '../reading.ts';
import { elementName } from '../tensors/matrix-view.ts';
import type { Change, ChangedNode, LossChange, WhatIfView } from './view.ts';

/** One element of a leaf that holds another number. */
export interface Moved {
  readonly node: NodeId;
  readonly element: number;
  readonly from: number;
  readonly to: number;
}

/** Values and gradients with those numbers, by the nodes of the pass without them. Undefined where there is none. */
export interface Afterwards {
  readonly value: (node: NodeId) => Content | undefined;
  readonly gradient: (node: NodeId) => Content | undefined;
}

/** What differs, and how much of the loss's change the derivative predicted. */
export function compare(
  before: PassView,
  moved: readonly Moved[],
  after: Afterwards,
): Pick<WhatIfView, 'loss' | 'nodes' | 'notes'> {
  const loss = lossChange(before, moved, after);
  const shown = [...before.chains.folding.folds.keys()].sort((a, b) => a - b);
  return {
    loss,
    nodes: shown.flatMap((id) => changedNode(before, id, after) ?? []),
    notes: notesOn(loss, before, moved),
  };
}

/** `W₁[2,0]`. */
export const nameOf = ({ names, graph }: PassView, node: NodeId, element: number): string =>
  elementName(names.shown(node), element, graph.node(node).shape);

function lossChange(before: PassView, moved: readonly Moved[], after: Afterwards): LossChange {
  const { graph, pass, names } = before;
  const old = graph.node(pass.loss).value.data![0]!;
  const now = after.value(pass.loss)?.data?.[0] ?? NaN;
  const change = now - old;
  const terms = moved.map(({ node, element, from, to }) => {
    const gradient = pass.gradients.get(node)?.data?.[element] ?? null;
    const name = nameOf(before, node, element);
    return { gradient, by: to - from, symbol: `∂${names.shown(pass.loss)}/∂${name} · Δ${name}` };
  });
  const known = terms.every(({ gradient }) => gradient !== null);
  const predicted = terms.reduce((sum, { gradient, by }) => sum + (gradient ?? NaN) * by, 0);
  const symbols = terms.map(({ symbol }) => symbol).join(' + ');
  const numbers = terms.map(({ gradient, by }) => `${formatShort(gradient ?? NaN)} · ${bracketed(by)}`).join(' + ');
  return {
    name: names.shown(pass.loss),
    before: readingOfNumber(old),
    after: readingOfNumber(now),
    change: readingOfNumber(change),
    predicted: known ? readingOfNumber(predicted) : null,
    formula: known ? `${symbols} = ${numbers}` : '',
    gap: known ? readingOfNumber(change - predicted) : null,
  };
}

const bracketed = (x: number): string => (x < 0 ? `(${formatShort(x)})` : formatShort(x));

function changedNode(before: PassView, id: NodeId, after: Afterwards): ChangedNode | null {
  const { graph, pass, names } = before;
  // While one element is followed, a node stands for one of its own.
  const seat = before.element?.seat(id) ?? null;
  const part = (content: Content | undefined) => (seat ? oneOf(content, seat.element.place) : content);
  const shape = seat ? [] : graph.node(id).shape;
  const value = changed(part(graph.node(id).value), part(after.value(id)), shape);
  const gradient = changed(part(pass.gradients.get(id)), part(after.gradient(id)), shape);
  if (!value && !gradient) return null;
  return { node: id, name: names.shown(id), sourceName: names.written(id), value, gradient };
}

function oneOf(content: Content | undefined, place: number): Content | undefined {
  const x = content?.data?.[place];
  return x === undefined ? undefined : contentOf(Float64Array.of(x));
}

function changed(before: Content | undefined, after: Content | undefined, shape: readonly number[]): Change | null {
  if (!before || !after || isSame(before, after)) return null;
  const reading = readingOf(after, shape);
  return {
    before: readingOf(before, shape).text,
    after: reading.scalar === null ? { ...reading, data: null } : reading,
    by: difference(before, after),
  };
}

function isSame(before: Content, after: Content): boolean {
  if (before === after) return true;
  if (before.data && after.data)
    return before.data.length === after.data.length && before.data.every((x, i) => Object.is(x, after.data![i]));
  return before.statistics.norm === after.statistics.norm && before.statistics.mean === after.statistics.mean;
}

function difference({ data: before }: Content, { data: after }: Content): string {
  if (!before || before.length !== after?.length) return '';
  if (before.length === 1) return signed(after[0]! - before[0]!);
  let squares = 0;
  for (let i = 0; i < before.length; i++) squares += (after[i]! - before[i]!) ** 2;
  return `‖Δ‖ ${formatShort(Math.sqrt(squares))}`;
}

const signed = (x: number): string => (x > 0 ? `+${formatNumber(x)}` : formatNumber(x));

function notesOn(
  { gap, before, after }: LossChange,
  { graph, names, pass }: PassView,
  moved: readonly Moved[],
): string[] {
  const without = moved.filter(({ node }) => !graph.hasGradient(node)).map(({ node }) => names.shown(node));
  const notes = [...new Set(without)].map((name) => t('{0} has no gradient: nothing predicts the change.', name));
  // Some units of the last place, as many ops round as they please.
  const rounding = 2 ** -22 * Math.max(Math.abs(before.scalar!), Math.abs(after.scalar!));
  const isRounding = gap !== null && gap.scalar !== 0 && Math.abs(gap.scalar!) <= rounding;
  if (isRounding && graph.node(pass.loss).dtype === 'float32')
    notes.push(t('The gap is no more than the rounding of float32.'));
  return notes;
}
