import { t } from '../../engine/base/l10n.ts';
import type { ChainPath, Factor } from '../../engine/explain/view.ts';
import { Formula } from '../math/formula.tsx';

/** Width of a bar: a decade down is a sixth of it. */
const width = (decades: number | null): number =>
  decades === null ? 2 : Math.max(2, Math.min(160, 112 + decades * 28));

/** Beside a node there is room for so many factors. */
const brieflyShown = 12;

/** Factor by factor from the loss, with this run's numbers and what is left after each. */
export function ChainTable({ path, brief = false }: { readonly path: ChainPath; readonly brief?: boolean }) {
  const hasNumbers = path.factors.some(({ numbers }) => numbers !== '');
  const table = (
    <table class={hasNumbers ? 'chain with-numbers' : 'chain'}>
      <thead>
        <tr>
          <th>{t('factor')}</th>
          <th>{t('local derivative')}</th>
          <th class="numbers">{t('with this run’s numbers')}</th>
          <th class="right">{t('value')}</th>
          <th class="right product">{brief ? t('product') : t('running product')}</th>
          {!brief && <th class="decades">{t('decades from the loss')}</th>}
        </tr>
      </thead>
      <tbody>
        {rowsOf(path, brief ? brieflyShown : path.factors.length).map((row) =>
          'symbol' in row ? (
            <Row key={row.symbol} factor={row} brief={brief} />
          ) : (
            <tr key="hidden" class="dim">
              <td colSpan={brief ? 5 : 6}>{t('… {0} more factors', row.hidden)}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
  // Beside a node the table is as wide as its texts; a frame with a width of its own would be none.
  return brief ? table : <div class="chain-frame">{table}</div>;
}

type Hidden = { readonly hidden: number };

/** Of a long path its two ends, and how much is between them. */
function rowsOf({ factors, hidden }: ChainPath, most: number): readonly (Factor | Hidden)[] {
  if (factors.length > most) {
    const head = Math.ceil((most * 2) / 3);
    const left = factors.length - most + (hidden?.count ?? 0);
    return [...factors.slice(0, head), { hidden: left }, ...factors.slice(head - most)];
  }
  if (!hidden) return factors;
  return [...factors.slice(0, hidden.before), { hidden: hidden.count }, ...factors.slice(hidden.before)];
}

function Row({ factor, brief }: { readonly factor: Factor; readonly brief: boolean }) {
  const { symbol, formula, latex, numbers, value, product, decades, remark, kink } = factor;
  return (
    <tr class={remark === null ? '' : 'smallest'}>
      <td class="factor">{symbol}</td>
      <td class="formula">
        {latex && !brief ? <Formula latex={latex} /> : formula}
        {kink !== null && <div class="kink">{kink}</div>}
      </td>
      <td class="dim numbers">{numbers}</td>
      <td class="right value">{value.text}</td>
      <td class="right warm product">{product.text}</td>
      {!brief && (
        <td class="decades">
          <span class="bar" style={{ width: `${width(decades)}px` }} />
          {remark !== null && <span class="remark">{remark}</span>}
        </td>
      )}
    </tr>
  );
}
