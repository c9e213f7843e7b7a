import { t } from '../base/l10n.ts';
import type { GraphView, NodeView } from '../explain/view.ts';
import { extremeOf } from '../picture/gradient-size.ts';

/** What is written on a node of an exported graph. */
export interface Face {
  readonly name: string;
  readonly op: string;
  /** Empty for a scalar. */
  readonly shape: string;
  readonly value: string;
  /** `∂ 0.0679`, with a sign before it where it is extreme; empty where there is none. */
  readonly gradient: string;
}

const signs = { vanishing: '▽ ', exploding: '△ ', 'non-finite': '! ' } as const;

export function faceOf({ name, op, kind, shape, value, gradient }: NodeView): Face {
  const sign = kind === 'loss' ? null : extremeOf(gradient?.magnitude ?? null, gradient !== null);
  return {
    name,
    op: kind === 'parameter' ? t('param') : op,
    shape: shape === 'scalar' ? '' : shape,
    value: value.text,
    gradient: gradient === null ? '' : `${sign ? signs[sign] : ''}∂ ${gradient.text}`,
  };
}

/** What a picture is called: `chain: E = 0.1993`. */
export function titleOf({ model, nodes, loss }: GraphView): string {
  const of = nodes.find(({ id }) => id === loss);
  return of ? `${model}: ${of.name} = ${of.value.text}` : model;
}

/** Names are the author's, and may be of any length: a picture has room for so much. */
export const clipped = (text: string): string => {
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
};
const longest = 80;
