import { t } from '../../base/l10n.ts';
import type { FindingView } from '../../explain/health/view.ts';
import type { ModelReport } from '../../explain/report/view.ts';
import { type Markup, element } from '../markup.ts';

export const findingsSection = ({ findings }: ModelReport): Markup =>
  element(
    'section',
    {},
    element('h3', {}, t('Findings')),
    findings.length === 0 ? element('p', {}, t('Nothing sick was found.')) : groupsOf(findings).map(findingBox),
  );

/** A loop makes as many findings of one line as it has turns: the first of them is told, the rest are named. */
function groupsOf(findings: readonly FindingView[]): readonly (readonly FindingView[])[] {
  const groups = new Map<string, FindingView[]>();
  for (const finding of findings) {
    const { rule, severity, source } = finding;
    const key = `${severity} ${rule} ${source?.file}:${source?.line}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

function findingBox([first, ...rest]: readonly FindingView[]): Markup {
  const { severity, rule, source, message, advice, related } = first!;
  const place = source ? ` · ${source.file}:${source.line}` : '';
  return element(
    'div',
    { class: `finding ${severity}` },
    element(
      'p',
      {},
      element('span', { class: 'severity' }, severityText(severity)),
      ` ${rule}`,
      element('span', { class: 'dim' }, place),
    ),
    element('p', {}, message),
    rest.length === 0
      ? null
      : element('p', {}, t('The same of {0} more: {1}', rest.length, rest.map(({ name }) => name).join(', '))),
    advice === null ? null : element('p', { class: 'dim' }, advice),
    related.length === 0 ? null : element('p', { class: 'dim mono' }, way(related).join(' → ')),
  );
}

/** Neighbours in the same line are one stop: `h[29] … h[22] (net.ts:27)`. */
function way(related: FindingView['related']): readonly string[] {
  const stops: { readonly place: string; readonly words: string[] }[] = [];
  for (const { source, message } of related) {
    const place = `${source.file}:${source.line}`;
    const last = stops.at(-1);
    if (last?.place === place) last.words.push(message);
    else stops.push({ place, words: [message] });
  }
  return stops.map(({ place, words }) => {
    const [first, ...rest] = words;
    const named = rest.length > 1 ? `${first} … ${rest.at(-1)}` : words.join(' → ');
    return `${named} (${place})`;
  });
}

function severityText(severity: FindingView['severity']): string {
  if (severity === 'error') return t('Error');
  return severity === 'warning' ? t('Warning') : t('Note');
}
