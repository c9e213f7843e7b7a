import { t } from '../../engine/base/l10n.ts';
import { comparedGradients } from '../compare/gradients.ts';
import { compared, gone, signs, wordFor } from '../compare/marks.ts';
import { type Change, marks } from '../health/marks.ts';
import { graph, sides } from '../state.ts';
import { patterns } from './draw.ts';
import { scale, scaleInCss } from '../../engine/picture/gradient-size.ts';
import './legend.css';

/** What the bars mean. */
export function Legend() {
  if (!graph.value) return null;
  const changes = new Set(marks.value.edges.values());
  const told = new Set([
    ...(sides.value === 'backward' ? [] : compared.value.values()),
    ...(sides.value === 'forward' ? [] : [...comparedGradients.value.values()].map(({ mark }) => mark)),
  ]);
  return (
    <div class="legend" aria-hidden="true">
      {changes.has('loses') && (
        <span class="legend-mark">
          <MarkedEdge change="loses" /> {t('gradient lost here')}
        </span>
      )}
      {changes.has('gains') && (
        <span class="legend-mark">
          <MarkedEdge change="gains" /> {t('gradient grows here')}
        </span>
      )}
      {(['added', 'changed'] as const).map(
        (mark) =>
          told.has(mark) && (
            <span key={mark} class="legend-mark">
              <span class={`legend-sign ${mark}`}>{signs[mark]}</span> {wordFor(mark)}
            </span>
          ),
      )}
      {gone.value > 0 && (
        <span class="legend-mark">
          <span class="legend-sign">{signs.gone}</span> {t('{0} gone', gone.value)}
        </span>
      )}
      <span class="legend-scale">
        {t('size of the gradient, log₁₀')}
        <span>≤ 1e{String(scale.from).replace('-', '−')} ▽</span>
        <i style={{ background: scaleInCss() }} />
        <span>△ ≥ 1e{scale.to}</span>
      </span>
    </div>
  );
}

function MarkedEdge({ change }: { readonly change: Change }) {
  return (
    <svg class={`marked-edge ${change}`} width="34" height="6">
      <line x1="0" y1="3" x2="34" y2="3" stroke-dasharray={patterns[change].join(' ')} />
    </svg>
  );
}
