import { t } from '../../engine/base/l10n.ts';
import type { ChainPath, Factor } from '../../engine/explain/view.ts';

/** Width of a bar: a decade down is a sixth of it. */
const width = (decades: number | null): number =>
  decades === null ? 2 : Math.max(2, Math.min(160, 112 + decades * 28));

/** Factor by factor from the loss, with this run's numbers and what is left after each. */
export function ChainTable({ path, brief = false }: { readonly path: ChainPath; readonly brief?: boolean }) {
  return (
    <table class="chain">
      <thead>
        <tr>
          <th>{t('factor')}</th>
          <th>{t('local derivative')}</th>
          <th>{t('with this run’s numbers')}</th>
          <th class="right">{t('value')}</th>
          <th class="right">{brief ? t('product') : t('running product')}</th>
          {!brief && <th>{t('decades from the loss')}</th>}
        </tr>
      </thead>
      <tbody>
        {path.factors.map((factor) => (
          <Row key={factor.symbol} factor={factor} brief={brief} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ factor, brief }: { readonly factor: Factor; readonly brief: boolean }) {
  const { symbol, formula, numbers, value, product, decades, remark } = factor;
  return (
    <tr class={remark === null ? '' : 'smallest'}>
      <td>{symbol}</td>
      <td>{formula}</td>
      <td class="dim">{numbers}</td>
      <td class="right">{value.text}</td>
      <td class="right warm">{product.text}</td>
      {!brief && (
        <td>
          <span class="bar" style={{ width: `${width(decades)}px` }} />
          {remark !== null && <span class="remark">{remark}</span>}
        </td>
      )}
    </tr>
  );
}
