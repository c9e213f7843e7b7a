import { t } from '../../engine/base/l10n.ts';
import type { Reading } from '../../engine/explain/view.ts';
import type { TabProps } from './tabs.ts';
import { WhatIfNumber } from './what-if-number.tsx';
import { canChange } from './what-if-state.ts';

export const ValueTab = ({ node }: TabProps) => (
  <>
    {canChange(node) && node.value.data?.length === 1 && (
      <p class="actions">
        {node.name} = <WhatIfNumber key={node.id} node={node} element={0} name={node.name} />
      </p>
    )}
    <ReadingTable reading={node.value} />
  </>
);

export const GradientTab = ({ node }: TabProps) =>
  node.gradient ? <ReadingTable reading={node.gradient} /> : <p>{t('No gradient: {0}.', node.noGradient ?? '')}</p>;

const shownElements = 256;

function ReadingTable({ reading }: { readonly reading: Reading }) {
  const data = reading.data ?? [];
  return (
    <>
      <p class="equation">
        <b>{reading.text}</b>
      </p>
      <dl class="rows">
        {reading.rows.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {data.length > 1 && (
        <p class="elements">
          {data
            .slice(0, shownElements)
            .map((x) => Number(x.toPrecision(4)).toString().replace('-', '−'))
            .join('  ')}
          {data.length > shownElements && ` … ${t('{0} elements', data.length)}`}
        </p>
      )}
    </>
  );
}
