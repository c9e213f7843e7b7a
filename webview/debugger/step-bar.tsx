import { t } from '../../engine/base/l10n.ts';
import type { DebugMove } from '../../engine/protocol/debugging.ts';
import { moveDebugger, seekDebugger, seekNodeInDebugger, chosen, selected } from '../state.ts';
import { debugState } from './debug-state.ts';

/** Steps and a scrubber for the session that the editor's debugger is in: both drive the same one. */
export function StepBar() {
  const state = debugState.value;
  if (state === null) return null;
  const { title, position, length, forwardLength, stale, whatIf, isShown } = state;
  const node = chosen.value ?? selected.value;
  const atEnd = position >= length;
  const buttons: readonly (readonly [DebugMove, string, string, boolean])[] = [
    ['reverse', '|◀', t('Back to the breakpoint before'), position > 0],
    ['back', '◀', t('Step back'), position > 0],
    ['over', '▶', t('Step over'), !atEnd],
    ['into', '↓', t('Step into'), !atEnd],
    ['out', '↑', t('Step out'), !atEnd],
    ['continue', '▶|', t('On to the next breakpoint'), !atEnd],
    ['stop', '■', t('End the debug session'), true],
  ];
  return (
    <div class="step-bar" role="toolbar" aria-label={t('Debugger')} data-testid="step-bar" data-position={position}>
      {buttons.map(([move, sign, label, enabled]) => (
        <vscode-button
          key={move}
          appearance="icon"
          aria-label={label}
          title={label}
          disabled={!enabled}
          onClick={() => moveDebugger(move)}
        >
          {sign}
        </vscode-button>
      ))}
      <vscode-button
        appearance="icon"
        aria-label={t('To the selected node')}
        title={t('To the selected node')}
        disabled={node === null}
        onClick={() => node !== null && seekNodeInDebugger(node)}
      >
        ◎
      </vscode-button>
      <span class="scrubber">
        <input
          type="range"
          min={0}
          max={length}
          value={position}
          aria-label={t('Position in the pass')}
          aria-valuetext={title}
          onChange={(event) => seekDebugger(Number(event.currentTarget.value))}
        />
        {forwardLength > 0 && forwardLength < length && (
          <i
            class="turn"
            title={t('The backward pass begins here')}
            style={{ left: `${(100 * forwardLength) / length}%` }}
          />
        )}
      </span>
      <span class="dim" data-testid="step-title">
        {title}
      </span>
      {whatIf.length > 0 && (
        <>
          <span class="note" data-testid="step-what-if">
            {t('what if: {0}', whatIf.join(' · '))}
            {!isShown && ` · ${t('the panel shows the run as it was')}`}
          </span>
          <vscode-button appearance="secondary" onClick={() => moveDebugger('restore')}>
            {t('Restore the run’s values')}
          </vscode-button>
        </>
      )}
      {stale && (
        <vscode-button appearance="secondary" onClick={() => moveDebugger('restart')}>
          {t('The text was edited: restart at this step')}
        </vscode-button>
      )}
    </div>
  );
}
