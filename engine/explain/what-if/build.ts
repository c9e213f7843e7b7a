import type { NodeId } from '../../base/brand.ts';
import { indicesOf } from '../../base/indices.ts';
import { t } from '../../base/l10n.ts';
import { LineTable } from '../../base/span.ts';
import type { Overridden, RunResult } from '../../protocol/worker.ts';
import type { Content, Trace } from '../../trace/format.ts';
import { formatExact, formatNumber, formatShort } from '../numbers.ts';
import { PassView } from '../pass-view.ts';
import { readingOf, readingOfNumber } from '../reading.ts';
import type { Change, ChangeView, ChangedNode, LossChange, WhatIfView } from './view.ts';

/**
 * Compares a run with other leaves to the run of the text as it is.
 * @throws Error with what is to be told, where the two cannot be compared.
 */
export function whatIf(before: PassView, { trace, problems, overridden = [], files }: RunResult): WhatIfView {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  if (before.trace.files.some(({ path, text }) => texts.get(path) !== text))
    throw new Error(t('The text has changed since; the next run is on its way.'));
  const pass = trace?.passes.find(({ name }) => name === before.pass.name);
  if (!trace || !pass) {
    const [problem] = problems;
    throw new Error(
      problem
        ? t('With these numbers the model fails: {0}', problem.message)
        : t('With these numbers the model did not run.'),
    );
  }
  const missed = overridden.find(({ applied, node }) => !applied || !isSameLeaf(before.trace, trace, node));
  if (missed) {
    const name = elementName(before, missed.node, missed.element);
    throw new Error(t('{0} cannot be changed: the run did not come to it as before.', name));
  }
  const after = new PassView(trace, pass, before.granularity, before.opened);
  const matching = new Matching(before, after);
  const loss = lossChange(before, after, overridden);
  return {
    changes: overridden.map((one) => changeView(before, one, texts)),
    loss,
    nodes: shown(before).flatMap((id) => changedNode(before, after, id, matching.after(id)) ?? []),
    notes: [...matching.notes(), ...notesOn(loss, before, overridden)],
  };
}

const shown = ({ chains }: PassView): NodeId[] => [...chains.folding.folds.keys()].sort((a, b) => a - b);

/** The same place of the text made it. */
function isSameLeaf(before: Trace, after: Trace, node: NodeId): boolean {
  const [old, now] = [before.nodes[node], after.nodes[node]];
  return old?.kind === now?.kind && old?.sites[0] === now?.sites[0];
}

/** Which node of the one run is which of the other: ids are the same as long as the program takes the same way. */
class Matching {
  readonly #byName: ReadonlyMap<string, NodeId>;
  readonly #isSameWay: boolean;

  constructor(
    readonly before: PassView,
    readonly afterwards: PassView,
  ) {
    this.#byName = new Map(shown(afterwards).map((id) => [afterwards.names.written(id), id]));
    const [old, now] = [before, afterwards].map(({ graph }) => graph.nodes);
    this.#isSameWay =
      old!.length === now!.length && old!.every((id) => before.graph.node(id).op === afterwards.trace.nodes[id]?.op);
  }

  after(id: NodeId): NodeId | null {
    if (this.#isSameWay) return id;
    if (id === this.before.pass.loss) return this.afterwards.pass.loss;
    return this.#byName.get(this.before.names.written(id)) ?? null;
  }

  notes(): string[] {
    if (this.#isSameWay) return [];
    const [old, now] = [this.before, this.afterwards].map(({ graph }) => graph.nodes.length);
    return [t('With these numbers the program takes another way: {0} ops in place of {1}.', now!, old!)];
  }
}

function changedNode(before: PassView, after: PassView, id: NodeId, matched: NodeId | null): ChangedNode | null {
  if (matched === null) return null;
  const [old, now] = [before.graph.node(id), after.graph.node(matched)];
  const value = changed(old.value, now.value, now.shape);
  const gradient = changed(before.pass.gradients.get(id), after.pass.gradients.get(matched), now.shape);
  if (!value && !gradient) return null;
  return { node: id, name: before.names.shown(id), sourceName: before.names.written(id), value, gradient };
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

function elementName({ names, graph }: PassView, node: NodeId, element: number): string {
  const { shape } = graph.node(node);
  return shape.length === 0 ? names.shown(node) : `${names.shown(node)}[${indicesOf(shape, element).join(',')}]`;
}

function changeView(before: PassView, one: Overridden, texts: ReadonlyMap<string, string>): ChangeView {
  const { node, element, from, to, literal } = one;
  return {
    node,
    element,
    name: elementName(before, node, element),
    before: formatExact(from),
    after: formatExact(to),
    literal:
      'why' in literal
        ? literal
        : {
            file: literal.file,
            line: new LineTable(texts.get(literal.file) ?? '').positionAt(literal.span.start).line,
            text: literal.text,
          },
  };
}

function lossChange(before: PassView, after: PassView, overridden: readonly Overridden[]): LossChange {
  const lossOf = ({ graph, pass }: PassView): number => graph.node(pass.loss).value.data![0]!;
  const [old, now] = [lossOf(before), lossOf(after)];
  const change = now - old;
  const terms = overridden.map((one) => {
    const gradient = before.pass.gradients.get(one.node)?.data?.[one.element] ?? null;
    const moved = one.to - one.from;
    const name = elementName(before, one.node, one.element);
    const symbol = `∂${before.names.shown(before.pass.loss)}/∂${name} · Δ${name}`;
    return { gradient, moved, symbol };
  });
  const known = terms.every(({ gradient }) => gradient !== null);
  const predicted = terms.reduce((sum, { gradient, moved }) => sum + (gradient ?? NaN) * moved, 0);
  return {
    name: before.names.shown(before.pass.loss),
    before: readingOfNumber(old),
    after: readingOfNumber(now),
    change: readingOfNumber(change),
    predicted: known ? readingOfNumber(predicted) : null,
    formula: known
      ? `${terms.map(({ symbol }) => symbol).join(' + ')} = ${terms.map(({ gradient, moved }) => `${formatShort(gradient!)} · ${parenthesised(moved)}`).join(' + ')}`
      : '',
    gap: known ? readingOfNumber(change - predicted) : null,
  };
}

function notesOn({ gap, before, after }: LossChange, view: PassView, overridden: readonly Overridden[]): string[] {
  const without = overridden.filter(({ node }) => !view.graph.hasGradient(node));
  const notes = [...new Set(without.map(({ node }) => view.names.shown(node)))].map((name) =>
    t('{0} has no gradient: nothing predicts the change.', name),
  );
  const rounding = 2 ** -22 * Math.max(Math.abs(before.scalar!), Math.abs(after.scalar!));
  if (
    gap &&
    gap.scalar !== 0 &&
    Math.abs(gap.scalar!) <= rounding &&
    view.graph.node(view.pass.loss).dtype === 'float32'
  )
    notes.push(t('The gap is no more than the rounding of float32.'));
  return notes;
}

const parenthesised = (x: number): string => (x < 0 ? `(${formatShort(x)})` : formatShort(x));
