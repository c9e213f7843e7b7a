import ts from 'typescript';
import { constantOf, declarationOf } from './binding.ts';
import type { Draft, Repair } from './draft.ts';

/** `h = f(h)`  →  `h = h.add(f(h))`, or `h = h.add(f(h).div(30))`, where the call is f(h) or a part of it. */
export const residual: Repair<'residual'> = (draft, { at, divisor }) => {
  const call = draft.callAt(at);
  const assignment = call && assignmentOf(call);
  if (!assignment) return false;
  const { left, right } = assignment;
  const declaration = declarationOf(draft.names, left);
  if (!declaration || !isMadeOf(draft, right, declaration, new Set())) return false;
  draft.insert(draft.start(right), `${left.text}.add(`);
  if (divisor !== 1) draft.append(right, `.div(${divisor})`);
  draft.insert(right.end, ')');
  return true;
};

/** `z.tanh()`  →  `z.tanh().layerNorm(16)`. */
export const layerNorm: Repair<'layerNorm'> = (draft, { at, size }) => {
  const call = draft.callAt(at);
  if (!call) return false;
  draft.append(call, `.layerNorm(${size})`);
  return true;
};

/** The assignment to a variable that an expression is a part of. */
function assignmentOf(node: ts.Expression): { readonly left: ts.Identifier; readonly right: ts.Expression } | null {
  let at: ts.Node = node;
  while (ts.isExpression(at) && !ts.isFunctionLike(at)) {
    const { parent }: ts.Node = at;
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      return parent.right === at && ts.isIdentifier(parent.left) ? { left: parent.left, right: at } : null;
    at = parent;
  }
  return null;
}

/** Whether a variable goes into an expression, by way of constants too. */
function isMadeOf({ names }: Draft, node: ts.Node, variable: ts.Identifier, seen: Set<ts.Node>): boolean {
  const look = (at: ts.Node): boolean => {
    if (ts.isIdentifier(at) && names.uses(at.text).includes(at)) {
      if (declarationOf(names, at) === variable) return true;
      const initializer = constantOf(names, at)?.initializer;
      if (initializer && !seen.has(initializer)) {
        seen.add(initializer);
        return look(initializer);
      }
    }
    return ts.forEachChild(at, look) ?? false;
  };
  return look(node);
}
