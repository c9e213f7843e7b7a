import type { ComponentType } from 'preact';
import type { Card, NodeView } from '../../engine/explain/view.ts';
import { Chain } from './chain.tsx';
import { GradientTab, ValueTab } from './reading-table.tsx';

export interface TabProps {
  readonly node: NodeView;
  readonly card: Card;
}

export interface Tab {
  readonly title: string;
  readonly Body: ComponentType<TabProps>;
}

/** What the inspector shows of the chosen node, in this order. */
export const tabs: readonly Tab[] = [
  { title: 'Chain rule', Body: Chain },
  { title: 'Value', Body: ValueTab },
  { title: 'Gradient', Body: GradientTab },
];
