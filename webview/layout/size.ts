import { columnsOf } from '../../engine/base/columns.ts';
import type { NodeView } from '../../engine/explain/view.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width of a character of the 12 px monospaced font, in CSS pixels. */
export const character = 7.3;
const padding = 26;

/** Numbers have a fixed budget of characters, so that a node's size does not depend on them. */
export function sizeOfNode({ name, op, shape }: NodeView): Size {
  const tensor = shape !== 'scalar';
  const heading = columnsOf(name) + columnsOf(op) + (tensor ? shape.length + 1 : 0) + 2;
  return { width: Math.round(Math.max(tensor ? 190 : 164, heading * character + padding)), height: tensor ? 84 : 58 };
}
