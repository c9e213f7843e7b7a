import { t } from '../../engine/base/l10n.ts';
import type { CheckRow, CheckView } from '../../engine/explain/check/view.ts';
import { choose } from '../state.ts';
import { type CheckState, check, isCurrent, startCheck } from './check-state.ts';
import type { TabProps } from './tabs.ts';

/** Compares gradients with central differences, of the chosen node or of all. */
export function Check({ node }: TabProps) {
  const state = check.value;
  return (
    <div data-testid="check" data-check={state.kind}>
      <p class="actions">
        <vscode-button
          appearance="secondary"
          disabled={node.gradient === null || state.kind === 'running'}
          onClick={() => startCheck(node.id)}
        >
          {t('Check this gradient')}
        </vscode-button>
        <vscode-button appearance="secondary" disabled={state.kind === 'running'} onClick={() => startCheck(null)}>
          {t('Check all')}
        </vscode-button>
        {node.gradient === null && <span class="dim">{t('No gradient: {0}.', node.noGradient ?? '')}</span>}
      </p>
      {(state.kind === 'running' || state.node === null || state.node === node.id) && <Outcome state={state} />}
    </div>
  );
}

function Outcome({ state }: { readonly state: CheckState }) {
  switch (state.kind) {
    case 'none':
      return (
        <p class="dim">
          {t(
            'Compares the gradient with central differences in float64: how much the loss changes when each element moves a little.',
          )}
        </p>
      );
    case 'running':
      return <Running state={state} />;
    case 'failed':
      return <p role="alert">{state.message}</p>;
    case 'done':
      return <Found view={state.view} current={isCurrent(state.of)} />;
  }
}

function Running({ state: { progress, stop } }: { readonly state: Extract<CheckState, { kind: 'running' }> }) {
  return (
    <p class="actions" role="status">
      <progress {...(progress ? { value: progress.done, max: Math.max(1, progress.total) } : {})} />
      {progress ? t('Checking {0}: {1} of {2}', progress.name, progress.done, progress.total) : t('Checking…')}
      <vscode-button appearance="secondary" onClick={stop}>
        {t('Stop')}
      </vscode-button>
    </p>
  );
}

function Found({ view, current }: { readonly view: CheckView; readonly current: boolean }) {
  return (
    <div class={current ? '' : 'outdated'}>
      {!current && <p>{t('These are the numbers of an earlier run.')}</p>}
      <p role="status" data-passed={view.passed}>
        <b>
          {view.passed ? '✓' : '✗'} {view.summary}
        </b>
      </p>
      <table class="check">
        <thead>
          <tr>
            <th />
            <th />
            <th class="right">{t('gradient')}</th>
            <th class="right">{t('difference')}</th>
            <th class="right">{t('relative error')}</th>
            <th>{t('worst at')}</th>
          </tr>
        </thead>
        {view.rows.map((row) => (
          <Row key={row.node} row={row} />
        ))}
      </table>
      {view.notes.map((note) => (
        <p key={note} class="dim">
          {note}
        </p>
      ))}
    </div>
  );
}

function Row({ row }: { readonly row: CheckRow }) {
  const { node, name, sourceName, symbol, told, worst, relativeError, elements, remarks, verdict } = row;
  return (
    <tbody data-checked={sourceName} data-verdict={verdict}>
      <tr>
        <td>
          <button type="button" title={t('Show {0}', name)} onClick={() => choose(node)}>
            {symbol}
          </button>
        </td>
        <td class={`verdict ${verdict}`}>{told}</td>
        <td class="right">{worst?.analytic}</td>
        <td class="right">{worst?.numeric}</td>
        <td class="right">{relativeError}</td>
        <td class="dim">
          {elements !== '' && worst?.name} {elements}
        </td>
      </tr>
      {remarks.map((remark) => (
        <tr key={remark} class="remarks">
          <td colSpan={6}>{remark}</td>
        </tr>
      ))}
    </tbody>
  );
}
