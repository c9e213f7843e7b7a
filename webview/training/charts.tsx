import { useSignal } from '@preact/signals';
import { countText } from '../../engine/base/count-text.ts';
import { t } from '../../engine/base/l10n.ts';
import { formatNumber } from '../../engine/explain/numbers.ts';
import type { Series, TrainingState } from '../../engine/protocol/training.ts';
import { Chart } from './chart.tsx';
import { Ridgelines } from './ridgelines.tsx';

/** An update changes about a thousandth of the weights where the learning rate fits (CS231n): half a decade around it. */
const usualRatio = [10 ** -3.5, 10 ** -2.5] as const;

/** What a training recorded, over its steps. */
export function Charts({ state }: { readonly state: TrainingState }) {
  const isLog = useSignal(false);
  const { loss, parameters, ridgelines } = state;
  return (
    <div class="charts" data-testid="charts">
      <Chart
        title={t('Loss')}
        summary={summaryOf(t('Loss'), loss)}
        lines={[{ name: t('loss'), series: loss }]}
        isLog={isLog.value}
      >
        <button
          type="button"
          class="switch"
          aria-pressed={isLog.value}
          title={t('Logarithmic scale')}
          onClick={() => (isLog.value = !isLog.value)}
        >
          {t('log')}
        </button>
      </Chart>
      <Chart
        title={t('Gradient norm')}
        summary={summaries(t('Gradient norm'), parameters, ({ gradientNorm }) => gradientNorm)}
        lines={parameters.map(({ name, gradientNorm }) => ({ name, series: gradientNorm }))}
        isLog
      />
      <Chart
        title={t('Update / weight')}
        summary={summaries(t('Update / weight'), parameters, ({ updateRatio }) => updateRatio)}
        lines={parameters.map(({ name, updateRatio }) => ({ name, series: updateRatio }))}
        isLog
        band={usualRatio}
      />
      {ridgelines.length > 0 && <Ridgelines ridgelines={ridgelines} />}
    </div>
  );
}

function summaries<Of extends { readonly name: string }>(
  title: string,
  all: readonly Of[],
  seriesOf: (one: Of) => Series,
): string {
  return `${title}. ${all.map((one) => summaryOf(one.name, seriesOf(one))).join(' ')}`;
}

/** Where a line begins and ends, in words. */
function summaryOf(name: string, { steps, values }: Series): string {
  if (steps.length === 0) return t('{0}: no steps yet.', name);
  const text = (i: number): string => {
    const value = values.at(i) ?? null;
    return value === null ? t('not finite') : formatNumber(value);
  };
  const at = (i: number): string => countText(String(steps.at(i)));
  return t('{0}: {1} at step {2}, {3} at step {4}.', name, text(0), at(0), text(-1), at(-1));
}
