import { t } from '../../engine/base/l10n.ts';
import { foldCharts, foldedCharts, graph } from '../state.ts';
import { Charts } from './charts.tsx';
import { Controls, KeepWeights, Standing } from './controls.tsx';
import { Scrubber, StepChip } from './scrubber.tsx';
import './training.css';
import { training } from './training-state.ts';

/** Under the graph: the training of its model. There for models that have an optimizer. */
export function TrainingStrip() {
  const state = training.value;
  if (state === null && (graph.value?.step ?? null) === null) return null;
  const isOpen = state !== null && !foldedCharts.value;
  return (
    <section class="training" aria-label={t('Training')} data-testid="training" data-phase={state?.phase ?? 'none'}>
      {state !== null && <Progress step={state.step} steps={state.steps} />}
      <div class="training-bar" role="toolbar" aria-label={t('Training')}>
        {state === null ? (
          <span class="training-title">{t('Training')}</span>
        ) : (
          <button type="button" class="training-title" aria-expanded={isOpen} onClick={() => foldCharts(isOpen)}>
            {isOpen ? '▾' : '▸'} {t('Training')}
          </button>
        )}
        <Controls state={state} />
        {state === null ? (
          <span class="dim training-offer">
            {t('Runs the steps of the optimizer in a sandbox of its own; edits stay live.')}
          </span>
        ) : (
          <>
            <Standing state={state} />
            <Scrubber state={state} />
            <KeepWeights state={state} />
          </>
        )}
      </div>
      {state?.edited === true && (
        <p class="training-note" role="status">
          {t('The text was edited: this is the training of the text before.')}
        </p>
      )}
      {isOpen && (state.step > 0 ? <Charts state={state} /> : <p class="dim">{t('No steps yet.')}</p>)}
    </section>
  );
}

function Progress({ step, steps }: { readonly step: number; readonly steps: number }) {
  return (
    <div
      class="training-progress"
      role="progressbar"
      aria-label={t('Steps made')}
      aria-valuemin={0}
      aria-valuemax={steps}
      aria-valuenow={Math.min(step, steps)}
    >
      <div style={{ width: `${Math.min(100, (100 * step) / Math.max(1, steps))}%` }} />
    </div>
  );
}

/** The chip above the graph. */
export const ShownStep = () => <StepChip state={training.value} />;
