import { t } from '../../engine/base/l10n.ts';
import type { PanelStatus } from '../../engine/protocol/panel.ts';
import { graph, manageTrust, revealProblem, run, snapshot } from '../state.ts';

interface Words {
  readonly what: string;
  readonly help?: { readonly label: string; readonly act: () => void };
}

/** Each state says in one line what happened, and offers the one thing that helps. */
const words: Readonly<Record<PanelStatus['kind'], () => Words>> = {
  untrusted: () => ({
    what: t('This workspace is not trusted, so no model of it is run.'),
    help: { label: t('Manage workspace trust'), act: manageTrust },
  }),
  unasked: () => ({
    what: t('Models of this workspace have not been run yet. They run in a sandbox, at every edit.'),
    help: { label: t('Run models of this workspace'), act: run },
  }),
  running: () => ({ what: t('Running the model…') }),
  live: () => ({ what: t('Live') }),
  stale: () => ({ what: t('The last run failed. This is the last good graph.') }),
  failed: () => ({ what: t('The model could not be run.'), help: { label: t('Run again'), act: run } }),
  empty: () => ({
    what: t('Nothing to show: open a TypeScript file that imports “retrograd” and declares a model(…).'),
  }),
};

/** In place of the graph while there is none. */
export function EmptyState() {
  const status = snapshot.value?.status.kind ?? 'running';
  if (graph.value) return null;
  const { what, help } = words[status]();
  return (
    <div class="state">
      {status === 'running' && <vscode-progress-ring aria-label={t('Running')} />}
      <p>{what}</p>
      {help && <vscode-button onClick={help.act}>{help.label}</vscode-button>}
    </div>
  );
}

/** What is wrong, and where; above the graph when there still is one. */
export function Problems() {
  const { problems = [], status } = snapshot.value ?? {};
  const stale = status?.kind === 'stale' && graph.value !== null;
  if (problems.length === 0 && !stale) return null;
  return (
    <div class="problems" data-testid="problems" role="alert">
      {stale && <p>{words.stale().what}</p>}
      {problems.map(({ file, line, column, message, code }, i) => (
        <button key={`${i} ${message}`} type="button" onClick={() => revealProblem(i)}>
          <span class="place">
            {file.split('/').at(-1)}:{line}:{column}
          </span>{' '}
          {message} <span class="dim">({code})</span>
        </button>
      ))}
    </div>
  );
}

export function LiveRegion() {
  const status = snapshot.value?.status.kind;
  return (
    <p class="for-screen-readers" role="status">
      {status === undefined ? '' : words[status]().what}
    </p>
  );
}
