import { t } from '../../engine/base/l10n.ts';
import type { NodeKind } from '../../engine/explain/view.ts';
import { extremeOf } from '../../engine/picture/gradient-size.ts';
import { opInHeading } from '../../engine/picture/size.ts';
import type { SceneNode } from './scene.ts';

/** What is written on a drawn node, and how large the gradient is that its bar stands for. */
export interface Face {
  readonly kind: NodeKind;
  readonly name: string;
  readonly op: string;
  readonly shape: string;
  /** Null for a node of B: its value is a gradient. */
  readonly value: string | null;
  /** With its sign where it is extreme; empty where there is none. */
  readonly gradient: string;
  readonly magnitude: number | null;
  readonly histogram: readonly number[];
}

const signs = { vanishing: '▽', exploding: '△', 'non-finite': '!' } as const;

/** @param compact of a node of G no more than its name and its value: the gradient is in B */
export function faceOf(node: SceneNode, compact = false): Face {
  if (node.side === 'backward') {
    const { kind, name, op, shape, value } = node.view;
    const magnitude = value?.magnitude ?? null;
    const sign = kind === 'loss' ? null : extremeOf(magnitude, value !== null);
    const gradient = value === null ? '…' : `${sign ? `${signs[sign]} ` : ''}${value.text}`;
    return {
      kind,
      name,
      op,
      shape,
      value: null,
      gradient,
      magnitude,
      histogram: value?.histogram ?? [],
    };
  }
  const { kind, name, op, shape, value, gradient, element } = node.view;
  const magnitude = gradient?.magnitude ?? null;
  const sign = kind === 'loss' ? null : extremeOf(magnitude, gradient !== null);
  const hasOp = !compact && !(element && element.index !== '');
  return {
    kind,
    name: name + (element?.index ?? ''),
    op: hasOp ? opInHeading({ name, op: kind === 'parameter' ? t('param') : op, shape }) : '',
    // Where an element stands for a tensor: how many of its elements depend on the one that is followed.
    shape: element && element.index !== '' ? t('{0} of {1}', element.dependent, element.size) : shape,
    value: value.text,
    gradient: gradient && !compact ? `${sign ? `${signs[sign]} ` : ''}∂ ${gradient.text}` : '',
    magnitude,
    histogram: value.histogram,
  };
}
