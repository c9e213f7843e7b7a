import { computed } from '@preact/signals';
import { t } from '../../engine/base/l10n.ts';
import type { Mark } from '../../engine/explain/compare/view.ts';
import { sides } from '../state.ts';
import { comparison } from './comparison-state.ts';

/** What the graph shows of a comparison: what is gone has no node in it. */
export type DrawnMark = Extract<Mark, 'added' | 'changed'>;

export const signs: Readonly<Record<Mark, string>> = { added: '+', gone: '−', changed: '~', numbers: '', same: '' };

export const wordFor = (mark: Mark): string => {
  switch (mark) {
    case 'added':
      return t('added');
    case 'gone':
      return t('gone');
    case 'changed':
      return t('changed');
    case 'numbers':
      return t('other numbers');
    case 'same':
      return t('the same');
  }
};

/** How many nodes of the earlier run the shown graphs have not: of the forward graph, of the backward graph, of both. */
export const gone = computed(() => {
  const nodes = comparison.value?.model?.nodes ?? [];
  return nodes.filter(({ mark, gradient: { before, after } }) => {
    const isGone = mark === 'gone' && sides.value !== 'backward';
    return isGone || (sides.value !== 'forward' && before !== '' && after === '');
  }).length;
});

/** Nodes of the shown graph that the earlier run has not, or has otherwise. */
export const compared = computed<ReadonlyMap<number, DrawnMark>>(() => {
  const marked = new Map<number, DrawnMark>();
  for (const { mark, node } of comparison.value?.model?.nodes ?? [])
    if (node !== null && (mark === 'added' || mark === 'changed')) marked.set(node, mark);
  return marked;
});
