import { useSignal } from '@preact/signals';
import { t } from '../../engine/base/l10n.ts';
import { stepName } from '../../engine/base/step-name.ts';
import type { ModelComparison, NodeComparison, Sides } from '../../engine/explain/compare/view.ts';
import { choose, chosen, endComparison, nodeOf } from '../state.ts';
import './comparison.css';
import { training } from '../training/training-state.ts';
import { comparison } from './comparison-state.ts';
import { signs, wordFor } from './marks.ts';

/** The shown graph beside an earlier run: what was added, is gone, is another, and by how much gradients changed. */
export function Comparison() {
  const all = useSignal(false);
  const state = comparison.value;
  if (!state) return null;
  const { before, model } = state;
  const shown = training.value?.shown ?? null;
  return (
    <section class="comparison" data-testid="comparison" aria-label={t('Comparison')}>
      <header>
        <strong>{shown === null ? t('{0} → now', before) : `${before} → ${stepName(shown)}`}</strong>
        {model && (
          <span class="comparison-loss">{`${model.loss.name} ${model.loss.before} → ${model.loss.after}`}</span>
        )}
        <span class="dim" data-testid="comparison-summary">
          {model ? model.summary : t('That run has no such model.')}
        </span>
        {model && (
          <label>
            <input
              type="checkbox"
              checked={all.value}
              onChange={(event) => (all.value = event.currentTarget.checked)}
            />{' '}
            {t('all nodes')}
          </label>
        )}
        <vscode-button
          appearance="icon"
          aria-label={t('End the comparison')}
          title={t('End the comparison')}
          onClick={endComparison}
        >
          ✕
        </vscode-button>
      </header>
      {model && <Rows model={model} all={all.value} />}
    </section>
  );
}

function Rows({ model, all }: { readonly model: ModelComparison; readonly all: boolean }) {
  const { gradientNorm, nodes, findings } = model;
  const told = nodes.filter(({ mark }) => all || mark !== 'same');
  return (
    <div class="comparison-body" role="group" aria-label={t('Comparison')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" aria-label={t('change')} />
            <th scope="col">{t('node')}</th>
            <th scope="col">{t('what is another')}</th>
            <th scope="col" class="number">
              {t('gradient before')}
            </th>
            <th scope="col" class="number">
              {t('after')}
            </th>
            <th scope="col">{t('ratio')}</th>
            <th scope="col" class="number">
              {t('value before')}
            </th>
            <th scope="col" class="number">
              {t('after')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr class="whole">
            <td />
            <td>‖∇‖</td>
            <td class="dim">{t('of all parameters')}</td>
            <SideCells sides={gradientNorm} gradient />
            <Ratio sides={gradientNorm} />
            <td />
            <td />
          </tr>
          {told.map((node, i) => (
            <NodeRow key={`${i} ${node.name}`} node={node} />
          ))}
        </tbody>
      </table>
      {[
        ...findings.gone.map((one) => ({ ...one, sign: '✓', what: t('gone') })),
        ...findings.added.map((one) => ({ ...one, sign: '⚠', what: t('new') })),
      ].map(({ sign, what, rule, name, message }) => (
        <p key={`${what} ${rule} ${name}`} class="comparison-finding" title={message}>
          {sign} {what}: {rule} <span class="dim">{name}</span>
        </p>
      ))}
    </div>
  );
}

function NodeRow({ node }: { readonly node: NodeComparison }) {
  const { mark, name, value, gradient, changes, node: id } = node;
  const isShown = id !== null && nodeOf(id) !== null;
  return (
    <tr class={`${mark}${id !== null && chosen.value === id ? ' chosen' : ''}`} data-mark={mark}>
      <td aria-label={wordFor(mark)} title={wordFor(mark)}>
        {signs[mark]}
      </td>
      <td>
        {isShown ? (
          <button type="button" onClick={() => choose(id)}>
            {name}
          </button>
        ) : (
          name
        )}
      </td>
      <td class="dim">{mark === 'added' || mark === 'gone' ? wordFor(mark) : changes.join('; ')}</td>
      <SideCells sides={gradient} gradient />
      <Ratio sides={gradient} />
      <SideCells sides={value} />
    </tr>
  );
}

function SideCells({ sides, gradient = false }: { readonly sides: Sides; readonly gradient?: boolean }) {
  return (
    <>
      <td class={gradient ? 'number gradient' : 'number'}>{sides.before}</td>
      <td class={gradient ? 'number gradient' : 'number'}>{sides.after}</td>
    </>
  );
}

/** With a bar of so many decades, to the left where it shrank: two of them fill its half. */
function Ratio({ sides: { ratio, decades } }: { readonly sides: Sides }) {
  const width = decades === null ? 0 : Math.max(1, Math.min(2, Math.abs(decades)) * 16);
  return (
    <td class="ratio">
      <span>{ratio}</span>
      <svg width="66" height="10" aria-hidden="true">
        <rect class="axis" x="32.5" y="0" width="1" height="10" />
        {decades !== null && (
          <rect
            class={decades < 0 ? 'shrank' : 'grew'}
            x={decades < 0 ? 33 - width : 33}
            y="2"
            width={width}
            height="6"
          />
        )}
      </svg>
    </td>
  );
}
