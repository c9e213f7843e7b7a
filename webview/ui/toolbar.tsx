import { t } from '../../engine/base/l10n.ts';
import type { Granularity } from '../../engine/explain/view.ts';
import { wholeOrReadable } from '../graph/in-view.ts';
import { SidesSwitch } from '../graph/sides.tsx';
import { FindingsChip } from '../health/findings.tsx';
import { graph, run, search, show, snapshot, stop } from '../state.ts';
import { labelled, valueOf } from './kit.ts';

/** Which model, in which detail; run, stop, search, fit. */
export function Toolbar() {
  const current = graph.value;
  const status = snapshot.value?.status.kind;
  const running = status === 'running';
  // What helps where nothing is shown stands in its middle: there is nothing to search, fit or run.
  if (!current && !running) return null;
  return (
    <div class="toolbar" role="toolbar" aria-label={t('Graph')}>
      {current && (
        <vscode-dropdown
          aria-label={t('Model')}
          value={current.model}
          onChange={(event) => show(valueOf(event), current.granularity)}
        >
          {current.models.map((name) => (
            <vscode-option key={name} value={name} selected={name === current.model}>
              {name}
            </vscode-option>
          ))}
        </vscode-dropdown>
      )}
      {running ? (
        <vscode-button appearance="icon" aria-label={t('Stop')} title={t('Stop')} onClick={stop}>
          ■
        </vscode-button>
      ) : (
        <vscode-button appearance="icon" aria-label={t('Run again')} title={t('Run again')} onClick={run}>
          ▶
        </vscode-button>
      )}
      <span class="step dim">{current?.step?.text ?? ''}</span>
      {current && (
        <>
          <FindingsChip />
          <SidesSwitch />
          <vscode-text-field
            ref={labelled(t('Search nodes'))}
            placeholder={t('name, op, grad < 1e-6')}
            value={search.value}
            onInput={(event) => {
              search.value = valueOf(event);
            }}
          />
          <vscode-dropdown
            aria-label={t('Detail')}
            value={current.granularity}
            onChange={(event) => show(current.model, valueOf(event) as Granularity)}
          >
            <vscode-option value="named" selected={current.granularity === 'named'}>
              {t('names')}
            </vscode-option>
            <vscode-option value="op" selected={current.granularity === 'op'}>
              {t('ops')}
            </vscode-option>
          </vscode-dropdown>
          <vscode-button
            appearance="icon"
            aria-label={t('Fit the graph into view')}
            title={t('All of the graph, or what can be read of it (0)')}
            onClick={wholeOrReadable}
          >
            ⤢
          </vscode-button>
        </>
      )}
    </div>
  );
}
