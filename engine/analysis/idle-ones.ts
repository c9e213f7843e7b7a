import { type Expression, number } from '../expression/expression.ts';
import { isElementwise } from '../ops/rules.ts';
import { type Shape, broadcastShapes, sameShape } from '../tensor/shape.ts';
import type { PassGraph } from './pass-graph.ts';

/** A mean of N passes on 1/N times a tensor of ones: beside a factor of the same shape, the ones are not written. */
export function withoutIdleOnes(x: Expression, graph: PassGraph): Expression {
  if (x.kind !== 'call') return x;
  const args = x.args.map((argument) => withoutIdleOnes(argument, graph));
  const [a, b] = args as [Expression, Expression];
  if (x.fn === 'mul') {
    if (isOnes(a) && hasShapeOf(b, a, graph)) return b;
    if (isOnes(b) && hasShapeOf(a, b, graph)) return a;
  }
  return { ...x, args };
}

function isOnes(x: Expression): boolean {
  if (x.kind !== 'call' || x.fn !== 'expandLike') return false;
  const [repeated] = x.args;
  return repeated?.kind === 'number' && repeated.value === 1;
}

function hasShapeOf(x: Expression, other: Expression, graph: PassGraph): boolean {
  const [own, wanted] = [shapeOf(x, graph), shapeOf(other, graph)];
  return own !== null && wanted !== null && sameShape(own, wanted);
}

/** The shape of what an expression means; null where its functions do not tell. */
function shapeOf(x: Expression, graph: PassGraph): Shape | null {
  if (x.kind === 'number') return [];
  if (x.kind === 'symbol') return null;
  if (x.kind !== 'call') return graph.node(x.node).shape;
  if (x.fn === 'expandLike' || x.fn === 'reshapeLike' || x.fn === 'sumLike')
    return shapeOf(x.args[1] ?? number(0), graph);
  if (!isElementwise(x.fn)) return null;
  return x.args.reduce((whole: Shape | null, argument) => {
    const shape = whole && shapeOf(argument, graph);
    return shape && broadcastShapes(x.fn, whole, shape);
  }, []);
}
