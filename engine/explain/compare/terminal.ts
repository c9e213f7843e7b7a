import { t } from '../../base/l10n.ts';
import { table } from '../table.ts';
import type { ComparedFinding, Comparison, ModelComparison, NodeComparison } from './view.ts';

const signs = { added: '+', gone: '−', changed: '~', numbers: ' ', same: ' ' } as const;

/** Two runs, side by side. @param harmless makes texts of a model safe to print */
export function comparisonText(
  { before, after, models, added, gone }: Comparison,
  harmless: (text: string) => string,
): string {
  const parts = [`${harmless(before)} → ${harmless(after)}`, ...models.map((model) => modelText(model, harmless))];
  if (added.length > 0) parts.push(t('new models: {0}', harmless(added.join(', '))));
  if (gone.length > 0) parts.push(t('models that are gone: {0}', harmless(gone.join(', '))));
  return `${parts.join('\n\n')}\n`;
}

function modelText(
  { model, loss, gradientNorm, summary, nodes, findings }: ModelComparison,
  harmless: (text: string) => string,
): string {
  const overview = table(
    [
      [harmless(model), t('before'), t('after'), ''],
      [harmless(loss.name), loss.before, loss.after, loss.ratio],
      ['‖∇‖', gradientNorm.before, gradientNorm.after, gradientNorm.ratio],
    ],
    ['left', 'number', 'number', 'left'],
  );
  const told = nodes.filter(({ mark }) => mark !== 'same');
  const rows = told.map((node) => rowOf(node, harmless));
  const head = ['', t('node'), t('value before'), t('after'), t('gradient before'), t('after'), t('ratio'), ''];
  const detail =
    rows.length === 0
      ? []
      : [table([head, ...rows], ['left', 'left', 'number', 'number', 'number', 'number', 'left', 'left'])];
  return [overview, `  ${summary}`, ...detail, ...findingLines(findings, harmless)].join('\n\n');
}

const rowOf = (
  { mark, name, value, gradient, changes }: NodeComparison,
  harmless: (text: string) => string,
): string[] => [
  signs[mark],
  harmless(name),
  value.before,
  value.after,
  gradient.before,
  gradient.after,
  gradient.ratio,
  harmless(changes.join('; ')),
];

function findingLines({ gone, added }: ModelComparison['findings'], harmless: (text: string) => string): string[] {
  const lines = [
    ...gone.map((finding) => lineOf(t('gone'), finding, harmless)),
    ...added.map((finding) => lineOf(t('new'), finding, harmless)),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

const lineOf = (
  what: string,
  { severity, rule, message }: ComparedFinding,
  harmless: (text: string) => string,
): string => `  ${what}: ${severity} ${rule}: ${harmless(message)}`;
