import { columnsOf } from '../base/columns.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width of a character of the 12 px monospaced font, in CSS pixels. */
export const character = 7.3;
const padding = 26;

interface Named {
  readonly name: string;
  readonly op: string;
  readonly shape: string;
}

/** Of what is written on an edge, in the 11.5 px font. */
export const sizeOfRule = (rule: string): Size => ({ width: Math.round(rule.length * 7 + 8), height: 18 });

/** With no more than a name and one number: there is twice as much to show when both graphs are. */
export function compactSize({ name, op, shape }: Named): Size {
  const tensor = shape !== 'scalar';
  const columns = columnsOf(name) + (op === '' ? 0 : columnsOf(op) + 1) + (tensor ? shape.length + 1 : 0);
  return { width: Math.round(Math.max(tensor ? 158 : 100, columns * character + padding)), height: tensor ? 72 : 52 };
}

/** Columns of a node's first line. A longer list of operations is cut short, or one node would push the others out of view. */
const heading = 26;

/** Of a node's operations as many as its first line has room for, beside its name and its shape; none if not even one. */
export function opInHeading({ name, op, shape }: Named): string {
  const room = heading - 2 - columnsOf(name) - (shape === 'scalar' ? 0 : shape.length + 1);
  if (columnsOf(op) <= room) return op;
  const all = op.split(', ');
  for (let most = all.length - 1; most > 0; most--) {
    const shorter = `${all.slice(0, most).join(', ')}, …`;
    if (columnsOf(shorter) <= room) return shorter;
  }
  return '';
}

/** Numbers have a fixed budget of characters, so that a node's size does not depend on them. */
export function sizeOfNode(node: Named): Size {
  const tensor = node.shape !== 'scalar';
  const columns = columnsOf(node.name) + columnsOf(opInHeading(node)) + (tensor ? node.shape.length + 1 : 0) + 2;
  return { width: Math.round(Math.max(tensor ? 190 : 164, columns * character + padding)), height: tensor ? 84 : 58 };
}
