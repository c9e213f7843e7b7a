import type { Granularity } from '../../engine/explain/view.ts';
import { graph, moveCamera, run, search, show, snapshot, stop } from '../state.ts';
import { valueOf } from './kit.ts';

/** Which model, in which detail; run, stop, search, fit. */
export function Toolbar() {
  const current = graph.value;
  const running = snapshot.value?.status.kind === 'running';
  return (
    <div class="toolbar" role="toolbar" aria-label="Graph">
      {current && (
        <vscode-dropdown
          aria-label="Model"
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
        <vscode-button appearance="icon" aria-label="Stop" title="Stop" onClick={stop}>
          ■
        </vscode-button>
      ) : (
        <vscode-button appearance="icon" aria-label="Run again" title="Run again" onClick={run}>
          ▶
        </vscode-button>
      )}
      <span class="step dim">{current?.step?.text ?? ''}</span>
      {current && (
        <>
          <vscode-text-field
            aria-label="Search nodes"
            placeholder="name, op, grad < 1e-6"
            value={search.value}
            onInput={(event) => {
              search.value = valueOf(event);
            }}
          />
          <vscode-dropdown
            aria-label="Detail"
            value={current.granularity}
            onChange={(event) => show(current.model, valueOf(event) as Granularity)}
          >
            <vscode-option value="named" selected={current.granularity === 'named'}>
              names
            </vscode-option>
            <vscode-option value="op" selected={current.granularity === 'op'}>
              ops
            </vscode-option>
          </vscode-dropdown>
          <vscode-button
            appearance="icon"
            aria-label="Fit the graph into view"
            title="Fit (0)"
            onClick={() => moveCamera(null)}
          >
            ⤢
          </vscode-button>
        </>
      )}
    </div>
  );
}
