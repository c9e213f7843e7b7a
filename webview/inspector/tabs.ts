import type { ComponentType } from 'preact';
import { t } from '../../engine/base/l10n.ts';
import type { Card, NodeView } from '../../engine/explain/view.ts';
import { Flow } from '../health/flow.tsx';
import { Chain } from './chain.tsx';
import { Check } from './check.tsx';
import { GradientFunction } from './gradient-function.tsx';
import { Jacobian } from './jacobian.tsx';
import { GradientTab, ValueTab } from './reading-table.tsx';
import { WhatIf } from './what-if.tsx';

export interface TabProps {
  readonly node: NodeView;
  readonly card: Card;
}

export interface Tab {
  /** Asked for when it is shown: the language is not known while this module loads. */
  readonly title: () => string;
  readonly Body: ComponentType<TabProps>;
}

/** What the inspector shows of the chosen node, in this order. */
export const tabs: readonly Tab[] = [
  { title: () => t('Chain rule'), Body: Chain },
  { title: () => t('Gradient flow'), Body: Flow },
  { title: () => t('Formula'), Body: GradientFunction },
  { title: () => t('Value'), Body: ValueTab },
  { title: () => t('Gradient'), Body: GradientTab },
  { title: () => t('Jacobian'), Body: Jacobian },
  { title: () => t('Check'), Body: Check },
  { title: () => t('What if'), Body: WhatIf },
];
