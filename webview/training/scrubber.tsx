import { countText } from '../../engine/base/count-text.ts';
import { t } from '../../engine/base/l10n.ts';
import type { TrainingState } from '../../engine/protocol/training.ts';
import { compareStep, moveTraining } from '../state.ts';
import { scrubTo, scrubbed } from './training-state.ts';

const show = (step: number | null): void => {
  scrubTo(step);
  moveTraining({ kind: 'show', step });
};

export const stepText = (step: number, { steps }: Pick<TrainingState, 'steps'>): string =>
  t('step {0} of {1}', countText(String(step)), countText(String(steps)));

/** Goes through the steps that were made: the graph and all that speaks of it are then of that step. */
export function Scrubber({ state }: { readonly state: TrainingState }) {
  const { step } = state;
  if (step === 0) return null;
  const at = scrubbed.value;
  return (
    <span class="training-scrubber">
      <input
        type="range"
        min={1}
        max={step}
        value={at ?? step}
        data-testid="training-scrubber"
        aria-label={t('Step of the training')}
        aria-valuetext={at === null ? t('live graph') : stepText(at, state)}
        onInput={(event) => show(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || at === null) return;
          event.stopPropagation();
          show(null);
        }}
      />
    </span>
  );
}

/** Above the graph while it is of a step: which one, and the way back. */
export function StepChip({ state }: { readonly state: TrainingState | null }) {
  if (state === null || state.shown === null) return null;
  return (
    <p class="step-chip" data-testid="shown-step" data-step={state.shown} role="status">
      <span>{stepText(state.shown, state)}</span>
      <vscode-button
        appearance="secondary"
        title={t('What is shown from now on is put beside this step')}
        onClick={compareStep}
      >
        {t('Compare with this step')}
      </vscode-button>
      <vscode-button appearance="secondary" onClick={() => show(null)}>
        {t('Back to live')}
      </vscode-button>
    </p>
  );
}
