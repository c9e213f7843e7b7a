import { t } from '../../base/l10n.ts';
import { tolerance } from '../../replay/check-element.ts';
import type { PassView } from '../pass-view.ts';
import { opIn, rowOf } from './rows.ts';
import { type CheckAsked, type Checked, checkSteps } from './steps.ts';
import type { CheckProgress, CheckRow, CheckView } from './view.ts';

/** Checks, and tells what was found. */
export function* checkView(view: PassView, asked: CheckAsked): Generator<CheckProgress, CheckView> {
  return viewOfCheck(view, yield* checkSteps(view, asked));
}

export function viewOfCheck(view: PassView, checked: Checked): CheckView {
  const rows = checked.nodes.map((node) => rowOf(view, node));
  const wrong = rows.filter(({ verdict }) => verdict === 'differs');
  return {
    model: view.pass.name,
    rows,
    passed: wrong.length === 0,
    summary: summaryOf(rows, wrong),
    notes: notesOf(view, checked),
  };
}

function summaryOf(rows: readonly CheckRow[], wrong: readonly CheckRow[]): string {
  const count = rows.filter(({ verdict }) => verdict !== 'skipped').length;
  if (wrong.length > 0) {
    const said =
      count === 1
        ? t('The gradient differs from central differences.')
        : t('{0} of {1} gradients differ from central differences.', wrong.length, count);
    // Ids are in order of execution: the backward pass met the largest first.
    const first = wrong.reduce((latest, row) => (row.node > latest.node ? row : latest));
    return wrong.length === 1 ? said : `${said} ${t('Seen from the loss, {0} is the first.', first.symbol)}`;
  }
  if (count === 0) return t('There was nothing to check.');
  const unsure = rows.filter(({ verdict }) => verdict === 'undecided' || verdict === 'rounded').length;
  if (unsure > 0)
    return t('No gradient is known to be wrong; {0} of {1} could not be told apart from rounding.', unsure, count);
  if (count === 1 && rows[0]!.verdict === 'kink')
    return t('There is no derivative here; the gradient is one of those that may stand for it.');
  if (rows.some(({ verdict }) => verdict === 'kink'))
    return t('All {0} gradients agree with central differences where there is a derivative.', count);
  return count === 1
    ? t('The gradient agrees with central differences.')
    : t('All {0} gradients agree with central differences.', count);
}

function notesOf(view: PassView, { nodes, of, without }: Checked): string[] {
  const { graph, names } = view;
  const notes = [
    t(
      'Central differences in float64 over the recorded run, with a step of at most 1e−6 · max(1, |x|). They agree within {0} + {1} · |difference|.',
      powerOfTen(tolerance.absolute),
      powerOfTen(tolerance.relative),
    ),
  ];
  if (nodes.some(({ elements, size, skipped }) => !skipped && elements.length < size))
    notes.push(t('Of large tensors a sample is tried one by one, and all elements along one direction.'));
  if (nodes.length < of)
    notes.push(t('{0} of {1} nodes were checked: the parameters, and a sample.', nodes.length, of));
  const held = [...new Set(nodes.flatMap((node) => node.held))].sort((a, b) => a - b);
  if (held.length > 0) {
    const where = [...new Set(held.map((id) => opIn(view, id)))];
    notes.push(t('Held fixed, as the gradient takes it for a constant: {0}.', listed(where)));
  }
  // What a parameter was made of is a copy away from it: only what enters the model itself counts.
  if (graph.nodes.some((id) => isDrawn(graph.node(id).op) && graph.consumers(id).length > 0))
    notes.push(t('Random numbers stay as this run drew them: a dropped unit stays dropped.'));
  if (without.length > 0)
    notes.push(t('Without a gradient to check: {0}.', listed(without.map((id) => names.shown(id)))));
  return notes;
}

const listed = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join('; ')} …` : names.join('; ');

const isDrawn = (op: string): boolean => op === 'randn' || op === 'rand' || op === 'randint';

const powerOfTen = (x: number): string => x.toExponential().replace('-', '−');
