import { signal } from '@preact/signals';
import { t } from '../../engine/base/l10n.ts';
import type { ShownFinding } from '../../engine/explain/health/view.ts';
import { bringIntoView } from '../graph/in-view.ts';
import { graph, inspect, openRulePage, revealFinding, show } from '../state.ts';
import './findings.css';
import { type Severity, elsewhere, findings } from './marks.ts';

const isOpen = signal(false);
const list = 'findings';

/** Read without their colour: a cross, a warning triangle, an i (in a ring that is drawn: few fonts have one). */
const signs: Readonly<Record<Severity, string>> = { error: '✕', warning: '⚠', info: 'i' };
const words: Readonly<Record<Severity, () => string>> = {
  error: () => t('Error'),
  warning: () => t('Warning'),
  info: () => t('Note'),
};

/** How many findings there are about the shown graph; opens and closes their list. */
export function FindingsChip() {
  const found = findings.value;
  if (!found || !graph.value) return null;
  const worst = found[0]?.severity ?? null;
  const others = elsewhere.value.reduce((sum, { count }) => sum + count, 0);
  const told = others === 0 ? countText(found.length) : t('{0}; {1} in other models', countText(found.length), others);
  return (
    <button
      type="button"
      class={`findings-chip ${worst ?? 'none'}`}
      data-testid="findings-chip"
      aria-expanded={isOpen.value}
      aria-controls={list}
      aria-label={told}
      title={told}
      onClick={() => {
        isOpen.value = !isOpen.value;
      }}
    >
      <span aria-hidden="true" class="sign">
        {worst === null ? '✓' : signs[worst]}
      </span>{' '}
      <span aria-hidden="true">{found.length}</span>
      {others > 0 && (
        <span aria-hidden="true" class="dim">
          {' '}
          +{others}
        </span>
      )}
    </button>
  );
}

/** What is sick in the gradients of the shown graph, each with its place and the page about its rule. */
export function Findings() {
  const found = findings.value;
  if (!found || !graph.value || !isOpen.value) return null;
  return (
    <section class="findings" id={list} data-testid="findings" aria-label={t('Findings')}>
      {found.length === 0 ? (
        <p class="dim">{t('No findings: no rule found anything sick in {0}.', graph.value.model)}</p>
      ) : (
        <ul>
          {found.map((finding, i) => (
            <Finding key={`${finding.rule} ${finding.node} ${i}`} finding={finding} index={i} />
          ))}
        </ul>
      )}
      {elsewhere.value.length > 0 && (
        <p class="dim elsewhere">
          {t('In other models:')}{' '}
          {elsewhere.value.map(({ model, count }) => (
            <button key={model} type="button" class="rule" onClick={() => show(model, graph.value!.granularity)}>
              {model}: {countText(count)}
            </button>
          ))}
        </p>
      )}
    </section>
  );
}

function Finding({ finding, index }: { readonly finding: ShownFinding; readonly index: number }) {
  const { rule, severity, message, advice, node, place } = finding;
  const show = (): void => {
    if (node !== null) {
      inspect(node);
      bringIntoView(node);
    }
    revealFinding(index);
  };
  return (
    <li class={severity} data-rule={rule}>
      <span class="sign" role="img" aria-label={words[severity]()}>
        {signs[severity]}
      </span>
      <div>
        <button type="button" onClick={show}>
          {message} {place && <span class="place">{`${place.file.split('/').at(-1)}:${place.line}`}</span>}
        </button>
        <p class="dim">
          {advice}{' '}
          <button type="button" class="rule" title={t('What this rule measures')} onClick={() => openRulePage(index)}>
            {rule}
          </button>
        </p>
      </div>
    </li>
  );
}

function countText(count: number): string {
  return count === 1 ? t('1 finding') : t('{0} findings', count);
}
