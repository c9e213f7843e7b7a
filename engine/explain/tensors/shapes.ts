import type { NodeId } from '../../base/brand.ts';
import type { Expression } from '../../expression/expression.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { type Level, matrixShape } from './words.ts';

/** A part that expressions have no word for: it stands in them as a symbol, with its own text and shapes. */
export interface Part {
  readonly text: string;
  readonly latex: string;
  readonly level: Level;
  /** `[4×3] → [3]`. */
  readonly shapes: string;
  readonly shape: Shape;
  /** A matrix of a product: its own shapes are shown there too, and not only that of the result. */
  readonly held?: boolean;
}

export interface Lookup {
  node(id: NodeId): Shape;
  part(name: string): Part;
}

interface Shapes {
  readonly text: string;
  readonly shape: Shape;
  /** Whether the text is one shape. */
  readonly single: boolean;
}

const of = (shape: Shape): Shapes => ({ text: matrixShape(shape), shape, single: true });

/** Shapes in the places of names; where all are the same, that shape alone. Numbers of a formula have no place in it. */
export function shapesOf(x: Expression, lookup: Lookup): Shapes {
  switch (x.kind) {
    case 'number':
      return { text: '', shape: [], single: true };
    case 'symbol': {
      const { shapes, shape, held } = lookup.part(x.name);
      if (shapes === '') return { text: '', shape, single: true };
      return held && shapes.includes(' ') ? { text: `(${shapes})`, shape, single: false } : of(shape);
    }
    case 'call':
      break;
    default:
      return of(lookup.node(x.node));
  }
  const parts = x.args.map((argument) => shapesOf(argument, lookup));
  const [a, b] = parts as [Shapes, Shapes];
  if (x.fn === 'mT')
    return { text: `${a.text}ᵀ`, shape: [...a.shape.slice(0, -2), ...a.shape.slice(-2).reverse()], single: true };
  if (x.fn === 'matmul' && a.shape.length > 1 && b.shape.length > 1)
    return { text: `${a.text} · ${b.text}`, shape: product(a.shape, b.shape), single: false };
  return elementwise(x.fn, parts);
}

function elementwise(fn: string, parts: readonly Shapes[]): Shapes {
  const shape = parts.reduce<Shape>((whole, part) => broadcast(whole, part.shape), []);
  const told = parts.filter(({ text, single, shape: own }) => text !== '' && (!single || sizeOf(own) > 1));
  const texts = [...new Set(told.map(({ text }) => text))];
  const isFactor = fn === 'mul' || fn === 'div' || fn === 'matmul';
  if (texts.length === 0) return parts.some(({ text }) => text !== '') ? of(shape) : { text: '', shape, single: true };
  if (texts.length === 1) return { ...told[0]!, shape };
  if (!isFactor && told.every(({ single }) => single)) return of(shape);
  return { text: texts.join(isFactor ? ' ⊙ ' : ' + '), shape, single: false };
}

const product = (a: Shape, b: Shape): Shape => [...broadcast(a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!];

const broadcast = (a: Shape, b: Shape): Shape => {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [p, q] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    return p === 1 ? q : p;
  });
};
