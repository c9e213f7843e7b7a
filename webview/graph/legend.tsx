import { t } from '../../engine/base/l10n.ts';
import { graph } from '../state.ts';
import { scale } from '../../engine/picture/gradient-size.ts';

/** What the bars mean. */
export function Legend() {
  if (!graph.value) return null;
  return (
    <div class="legend" aria-hidden="true">
      {t('size of the gradient, log₁₀')}
      <div class="legend-scale" />
      <span>≤ 1e{String(scale.from).replace('-', '−')} ▽</span>
      <span>△ ≥ 1e{scale.to}</span>
    </div>
  );
}
