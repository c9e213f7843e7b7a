import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { LineTable } from '../../base/span.ts';
import type { Overridden, RunResult } from '../../protocol/worker.ts';
import type { Pass, Trace } from '../../trace/format.ts';
import { formatExact } from '../numbers.ts';
import { PassView } from '../pass-view.ts';
import { compare, nameOf } from './compare.ts';
import type { ChangeView, WhatIfView } from './view.ts';

/**
 * Compares a run with other leaves to the run of the text as it is.
 * @param step of training that both are of, from 1.
 * @throws Error with what is to be told, where the two cannot be compared.
 */
export function whatIf(before: PassView, result: RunResult, step = 1): WhatIfView {
  const { trace, overridden = [], files } = result;
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  if (before.trace.files.some(({ path, text }) => texts.get(path) !== text))
    throw new Error(t('The text has changed since; the next run is on its way.'));
  const named = trace?.passes.filter(({ name }) => name === before.pass.name) ?? [];
  const pass = named.find(({ loss }) => loss === before.pass.loss) ?? named[0];
  if (!trace || !pass) throw new Error(failure(result));
  const missed = overridden.find(({ applied, node }) => !applied || !isSameLeaf(before.trace, trace, node));
  if (missed) {
    const name = nameOf(before, missed.node, missed.element);
    if (step > 1 && !missed.applied && 'why' in missed.literal) throw new Error(`${name}: ${missed.literal.why}`);
    throw new Error(t('{0} cannot be changed: the run did not come to it as before.', name));
  }
  const matching = matchingOf(before, trace, pass);
  const { loss, nodes, notes } = compare(before, overridden, {
    value: (id) => valueOf(trace, matching.after(id)),
    gradient: (id) => gradientOf(pass, matching.after(id)),
  });
  const training = step > 1 ? [t('The program was run up to step {0} of training, and on with that.', step)] : [];
  const changes = overridden.map((one) => changeView(before, one, texts));
  return { preview: false, changes, loss, nodes, notes: [...matching.notes, ...training, ...notes] };
}

function failure({ problems: [problem] }: RunResult): string {
  return problem
    ? t('With these numbers the model fails: {0}', problem.message)
    : t('With these numbers the model did not run.');
}

const valueOf = (trace: Trace, id: NodeId | null) => (id === null ? undefined : trace.nodes[id]?.value);
const gradientOf = (pass: Pass, id: NodeId | null) => (id === null ? undefined : pass.gradients.get(id));

/** The same place of the text made it. */
function isSameLeaf(before: Trace, after: Trace, node: NodeId): boolean {
  const [old, now] = [before.nodes[node], after.nodes[node]];
  return old?.kind === now?.kind && old?.sites[0] === now?.sites[0];
}

interface Matching {
  /** Which node of the run with other numbers is that of the run without. */
  readonly after: (id: NodeId) => NodeId | null;
  readonly notes: readonly string[];
}

/** Ids are the same as long as the program takes the same way; on another, names tell. */
function matchingOf(before: PassView, trace: Trace, pass: Pass): Matching {
  const old = before.pass.nodes;
  const isSameWay =
    old.length === pass.nodes.length && old.every((id) => before.graph.node(id).op === trace.nodes[id]?.op);
  if (isSameWay) return { after: (id) => id, notes: [] };
  const { names } = new PassView(trace, pass, before.granularity, before.opened);
  const byName = new Map(pass.nodes.map((id) => [names.written(id), id]));
  return {
    after: (id) => (id === before.pass.loss ? pass.loss : (byName.get(before.names.written(id)) ?? null)),
    notes: [
      t('With these numbers the program takes another way: {0} ops in place of {1}.', pass.nodes.length, old.length),
    ],
  };
}

function changeView(
  before: PassView,
  { node, element, from, to, literal }: Overridden,
  texts: ReadonlyMap<string, string>,
): ChangeView {
  const name = nameOf(before, node, element);
  const told = { node, element, name, before: formatExact(from), after: formatExact(to) };
  if ('why' in literal) return { ...told, literal };
  const { file, span, text } = literal;
  const { line } = new LineTable(texts.get(file) ?? '').positionAt(span.start);
  return { ...told, literal: { file, line, text } };
}
