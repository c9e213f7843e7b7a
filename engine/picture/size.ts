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
  const heading = columnsOf(name) + (op === '' ? 0 : columnsOf(op) + 1) + (tensor ? shape.length + 1 : 0);
  return { width: Math.round(Math.max(tensor ? 158 : 100, heading * character + padding)), height: tensor ? 72 : 52 };
}

/** Numbers have a fixed budget of characters, so that a node's size does not depend on them. */
export function sizeOfNode({ name, op, shape }: Named): Size {
  const tensor = shape !== 'scalar';
  const heading = columnsOf(name) + columnsOf(op) + (tensor ? shape.length + 1 : 0) + 2;
  return { width: Math.round(Math.max(tensor ? 190 : 164, heading * character + padding)), height: tensor ? 84 : 58 };
}
