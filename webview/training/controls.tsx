import { countText } from '../../engine/base/count-text.ts';
import { t } from '../../engine/base/l10n.ts';
import { formatNumber, formatShort } from '../../engine/explain/numbers.ts';
import type { TrainingMove, TrainingState } from '../../engine/protocol/training.ts';
import { graph, moveTraining } from '../state.ts';
import { valueOf } from '../ui/kit.ts';
import { stepText } from './scrubber.tsx';

const start = (): void => moveTraining({ kind: 'start', model: graph.value?.model ?? null });

/** Steps a second that can be chosen, besides as many as there can be. */
const speeds = [1, 10, 100, 1000] as const;

/** Run, pause, one step, from the beginning, the end of it; and how fast. */
export function Controls({ state }: { readonly state: TrainingState | null }) {
  if (state === null) {
    // Nothing that is offered all the time is louder than the graph.
    return (
      <vscode-button
        appearance="secondary"
        title={t('Runs the steps of the optimizer in a sandbox of its own; edits stay live.')}
        onClick={start}
      >
        {t('Train')}
      </vscode-button>
    );
  }
  const { phase, step, edited, speed } = state;
  const isRunning = phase === 'running' || phase === 'starting';
  const mayGoOn = !edited && phase !== 'failed';
  return (
    <>
      {mayGoOn ? (
        <Sign
          sign={isRunning ? '❚❚' : '▶'}
          label={isRunning ? t('Pause') : t('Go on training')}
          move={{ kind: isRunning ? 'pause' : 'run' }}
        />
      ) : (
        <vscode-button onClick={start}>{edited ? t('Train the edited text') : t('Train again')}</vscode-button>
      )}
      <Sign sign="▶|" label={t('One step')} move={{ kind: 'step' }} disabled={!mayGoOn || isRunning} />
      <Sign
        sign="↺"
        label={t('Reset to the initial weights')}
        move={{ kind: 'reset' }}
        disabled={!mayGoOn || step === 0}
      />
      <Sign sign="■" label={t('End the training')} move={{ kind: 'stop' }} />
      <vscode-dropdown
        aria-label={t('Speed')}
        value={String(speed ?? '')}
        onChange={(event) => moveTraining({ kind: 'speed', stepsPerSecond: Number(valueOf(event)) || null })}
      >
        <vscode-option value="" selected={speed === null}>
          {t('full speed')}
        </vscode-option>
        {speeds.map((one) => (
          <vscode-option key={one} value={String(one)} selected={speed === one}>
            {t('{0} steps/s', countText(String(one)))}
          </vscode-option>
        ))}
      </vscode-dropdown>
    </>
  );
}

interface SignProps {
  readonly sign: string;
  readonly label: string;
  readonly move: TrainingMove;
  readonly disabled?: boolean;
}

function Sign({ sign, label, move, disabled = false }: SignProps) {
  return (
    <vscode-button
      appearance="icon"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={() => moveTraining(move)}
    >
      {sign}
    </vscode-button>
  );
}

/** How it stands, in a line: `step 120 of 2 000 · loss 0.0123 · 850 steps/s`. */
export function Standing({ state }: { readonly state: TrainingState }) {
  const { step, loss, stepsPerSecond, phase, problem } = state;
  if (phase === 'failed') return <span class="training-problem">{problem?.message ?? t('The training failed.')}</span>;
  const last = loss.values.at(-1);
  const parts = [
    phase === 'starting' ? t('starting…') : stepText(step, state),
    ...(last === undefined ? [] : [`${t('loss')} ${last === null ? t('not finite') : formatNumber(last)}`]),
    ...(phase === 'running' && stepsPerSecond !== null ? [t('{0} steps/s', formatShort(stepsPerSecond))] : []),
    ...(phase === 'paused' && step > 0 ? [t('paused')] : []),
    ...(phase === 'finished' ? [t('finished')] : []),
  ];
  return <span data-testid="training-standing">{parts.join(' · ')}</span>;
}

/** Whether the live graph goes on from the trained weights, and which it has. */
export function KeepWeights({ state }: { readonly state: TrainingState }) {
  const { keepWeights, weightsOf, notKept } = state;
  return (
    <label class="keep-weights">
      <input
        type="checkbox"
        checked={keepWeights}
        onChange={(event) => moveTraining({ kind: 'keepWeights', on: event.currentTarget.checked })}
      />
      {t('keep trained weights')}
      {weightsOf !== null && (
        <span class="dim">{t('live graph: weights of step {0}', countText(String(weightsOf)))}</span>
      )}
      {notKept.length > 0 && (
        <span class="warm" title={notKept.join('\n')}>
          {t('not kept: {0}', notKept.join('; '))}
        </span>
      )}
    </label>
  );
}
