import type { ChainEdge } from '../analysis/chain.ts';
import { t, translationOf } from '../base/l10n.ts';
import { conventionOf } from '../ops/rules.ts';
import { formatShort } from './numbers.ts';
import type { PassView } from './pass-view.ts';

/** Why the smallest factor of a path is small, where its op is known for it. */
export function remarkOn({ through }: ChainEdge, { graph, chains, names }: PassView): string {
  const { ops } = chains.fold(through);
  const ofOps = ops.map((op) => graph.node(op));
  const last = ofOps.at(-1)!;
  const y = last.value.data?.length === 1 ? last.value.data[0]! : null;
  const op = ofOps.find((node) => node.op in remarks)?.op;
  const known = op === undefined ? null : remarks[op]!(y, names.shown(through));
  const convention = y === 0 && op !== undefined ? conventionOf(op) : null;
  const parts = [t('smallest factor'), known, convention && translationOf(convention)];
  return parts.filter((part) => part !== null).join(': ');
}

const remarks: Readonly<Record<string, (y: number | null, name: string) => string>> = {
  sigmoid: () => t('σ′ is never above 0.25'),
  tanh: (y, name) =>
    y !== null && Math.abs(y) > 0.97
      ? t('tanh is saturated, |{0}| = {1}', name, formatShort(Math.abs(y)))
      : t('tanh′ = 1 − y² falls as |y| grows'),
  relu: (y) =>
    y === 0 ? t('relu is inactive here, and lets nothing through') : t('relu lets through only what is positive'),
  clamp: () => t('clamp lets nothing through outside its range'),
};
