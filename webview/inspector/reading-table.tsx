import { t } from '../../engine/base/l10n.ts';
import type { NodeView, Reading } from '../../engine/explain/view.ts';
import { ElementTable } from './element-table.tsx';
import type { TabProps } from './tabs.ts';
import { WhatIfNumber } from './what-if-number.tsx';
import { canChange } from './what-if-state.ts';

export const ValueTab = ({ node }: TabProps) => (
  <>
    {canChange(node) && node.value.data?.length === 1 && (
      <p class="actions">
        {elementName(node)} ={' '}
        <WhatIfNumber
          key={`${node.id} ${node.element?.place}`}
          node={node}
          element={node.element?.place ?? 0}
          name={elementName(node)}
        />
      </p>
    )}
    <ReadingTable reading={node.value} />
    <ElementTable node={node} what="value" />
  </>
);

const elementName = ({ name, element }: NodeView): string => name + (element?.index ?? '');

export const GradientTab = ({ node }: TabProps) =>
  node.gradient ? (
    <>
      <ReadingTable reading={node.gradient} />
      <ElementTable node={node} what="gradient" />
    </>
  ) : (
    <p>{t('No gradient: {0}.', node.noGradient ?? '')}</p>
  );

function ReadingTable({ reading }: { readonly reading: Reading }) {
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
    </>
  );
}
