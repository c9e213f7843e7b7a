import { diff } from '../../analysis/diff/diff.ts';
import type { Content, Pass, Trace } from '../../trace/format.ts';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { showShape } from '../../tensor/shape.ts';
import type { Aspect, Pair, PassDiff } from '../../analysis/diff/diff.ts';
import { type Examination, findingsOf } from '../health/findings.ts';
import type { FindingView } from '../health/view.ts';
import { opsLabel } from '../op-names.ts';
import { PassView } from '../pass-view.ts';
import { isSame, sidesOf } from './sides.ts';
import type { ComparedFinding, Comparison, ModelComparison, NodeComparison } from './view.ts';

export interface ComparedRun {
  /** What the run is called. */
  readonly label: string;
  readonly trace: Trace;
}

/** Two runs of a file, model by model. @param model only this one */
export function compareRuns(
  before: ComparedRun,
  after: ComparedRun,
  { model, ...examination }: Examination & { readonly model?: string } = {},
): Comparison {
  const passes = ({ trace }: ComparedRun): readonly Pass[] =>
    trace.passes.filter(({ name }) => model === undefined || name === model);
  const [old, now] = [passes(before), passes(after)];
  const counterpart = (pass: Pass): Pass | undefined =>
    old.find(({ name, kind }) => name === pass.name && kind === pass.kind);
  const isNew = (pass: Pass): boolean => counterpart(pass) === undefined;
  return {
    before: before.label,
    after: after.label,
    models: now.flatMap((pass) => {
      const other = counterpart(pass);
      return other
        ? [
            comparePasses(
              new PassView(before.trace, other, 'named'),
              new PassView(after.trace, pass, 'named'),
              examination,
            ),
          ]
        : [];
    }),
    added: now.filter(isNew).map(({ name }) => name),
    gone: old
      .filter(({ name, kind }) => !now.some((pass) => pass.name === name && pass.kind === kind))
      .map(({ name }) => name),
  };
}

/** Two passes of a model, in the same granularity. */
export function comparePasses(before: PassView, after: PassView, examination: Examination = {}): ModelComparison {
  const found = diff(before.chains, after.chains);
  const nodes = inOrder(found, before).map((pair) =>
    'before' in pair && 'after' in pair ? paired(pair, before, after) : alone(pair, before, after),
  );
  return {
    model: after.pass.name,
    loss: {
      name: after.names.shown(after.pass.loss),
      ...sidesOf(before.graph.node(before.pass.loss).value, after.graph.node(after.pass.loss).value),
    },
    gradientNorm: sidesOf(normOfAll(before), normOfAll(after)),
    summary: summaryOf(nodes),
    nodes,
    findings: findingsOfBoth(findingsOf(before, examination), findingsOf(after, examination)),
  };
}

type Row = Pair | { readonly before: NodeId } | { readonly after: NodeId };

/** As executed after; what is gone stands behind what it stood behind. */
function inOrder({ pairs, added, gone }: PassDiff, { chains }: PassView): readonly Row[] {
  const rows: Row[] = [...pairs, ...added.map((after) => ({ after }))].sort((a, b) => a.after - b.after);
  const order = [...chains.folding.folds.keys()].sort((a, b) => a - b);
  const missing = new Set(gone);
  for (const [i, id] of order.entries()) {
    if (!missing.has(id)) continue;
    const behind = i === 0 ? -1 : rows.findIndex((row) => 'before' in row && row.before === order[i - 1]);
    rows.splice(behind + 1, 0, { before: id });
  }
  return rows;
}

function paired({ before: old, after: now, changed }: Pair, before: PassView, after: PassView): NodeComparison {
  const value = sidesOf(before.graph.node(old).value, after.graph.node(now).value);
  const [was, is] = [before.pass.gradients.get(old), after.pass.gradients.get(now)];
  const sameNumbers = isSame(before.graph.node(old).value, after.graph.node(now).value) && isSame(was, is);
  return {
    mark: changed.length > 0 ? 'changed' : sameNumbers ? 'same' : 'numbers',
    name: after.names.shown(now),
    kind: kindOf(after, now),
    changes: changed.map((aspect) => wordsFor(aspect, [before, old], [after, now])),
    value,
    gradient: sidesOf(was, is),
    node: now,
  };
}

function alone(
  row: { readonly before: NodeId } | { readonly after: NodeId },
  before: PassView,
  after: PassView,
): NodeComparison {
  const [view, id, mark] =
    'after' in row ? ([after, row.after, 'added'] as const) : ([before, row.before, 'gone'] as const);
  const sides = (content: Content | undefined) =>
    mark === 'added' ? sidesOf(undefined, content) : sidesOf(content, undefined);
  return {
    mark,
    name: view.names.shown(id),
    kind: kindOf(view, id),
    changes: [],
    value: sides(view.graph.node(id).value),
    gradient: sides(view.pass.gradients.get(id)),
    node: mark === 'added' ? id : null,
  };
}

const kindOf = ({ pass, graph }: PassView, id: NodeId): NodeComparison['kind'] =>
  id === pass.loss ? 'loss' : graph.node(id).kind;

type At = readonly [view: PassView, id: NodeId];

function wordsFor(aspect: Aspect, before: At, after: At): string {
  const both = (text: (at: At) => string): string => `${text(before)} → ${text(after)}`;
  switch (aspect) {
    case 'name':
      return t('was called {0}', before[0].names.shown(before[1]));
    case 'op':
      return both(([view, id]) =>
        view.graph.node(id).kind === 'op' ? opsLabel(view, view.chains.fold(id).ops) : view.graph.node(id).kind,
      );
    case 'shape':
      return both(([view, id]) =>
        view.graph.node(id).shape.length === 0 ? t('scalar') : showShape(view.graph.node(id).shape),
      );
    case 'dtype':
      return both(([view, id]) => view.graph.node(id).dtype);
    case 'inputs':
      return t(
        'reads {0}',
        both(([view, id]) =>
          view.chains
            .fold(id)
            .inputs.map((input) => view.names.shown(input))
            .join(', '),
        ),
      );
    case 'attributes':
      return t('other settings');
  }
}

function normOfAll({ pass, graph }: PassView): number {
  let squares = 0;
  for (const [id, { statistics }] of pass.gradients)
    if (graph.node(id).kind === 'parameter') squares += statistics.norm ** 2;
  return Math.sqrt(squares);
}

function summaryOf(nodes: readonly NodeComparison[]): string {
  const count = (mark: NodeComparison['mark']): number => nodes.filter((node) => node.mark === mark).length;
  const parts = [
    [count('added'), t('{0} added', count('added'))],
    [count('gone'), t('{0} gone', count('gone'))],
    [count('changed'), t('{0} changed', count('changed'))],
  ] as const;
  const told = parts.filter(([many]) => many > 0).map(([, text]) => text);
  if (told.length > 0) return told.join(', ');
  return count('numbers') > 0 ? t('the same graph with other numbers') : t('the same graph with the same numbers');
}

/** A finding is the same where its rule and the name it is about are. */
function findingsOfBoth(before: readonly FindingView[], after: readonly FindingView[]): ModelComparison['findings'] {
  const rest = (from: readonly FindingView[], without: readonly FindingView[]): ComparedFinding[] => {
    const left = without.map(({ rule, name }) => `${rule} ${name}`);
    return from.flatMap(({ rule, severity, name, message }) => {
      const at = left.indexOf(`${rule} ${name}`);
      if (at < 0) return [{ rule, severity, name, message }];
      left.splice(at, 1);
      return [];
    });
  };
  return { gone: rest(before, after), added: rest(after, before) };
}
