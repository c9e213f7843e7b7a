import ts from 'typescript';
import type { Draft, Repair } from './draft.ts';

/** `h = f(h)`  →  `h = h.add(f(h))`, where the call is f(h) or a part of it. */
export const residual: Repair<'residual'> = (draft, { at }) => {
  const call = draft.callAt(at);
  const assignment = call && assignmentOf(call);
  if (!assignment) return false;
  const { name, right } = assignment;
  if (draft.names.declarations(name).length !== 1 || !isMadeOf(draft, right, name, new Set())) return false;
  draft.insert(draft.start(right), `${name}.add(`);
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
function assignmentOf(node: ts.Expression): { readonly name: string; readonly right: ts.Expression } | null {
  let at: ts.Node = node;
  while (ts.isExpression(at) && !ts.isFunctionLike(at)) {
    const { parent }: ts.Node = at;
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      return parent.right === at && ts.isIdentifier(parent.left) ? { name: parent.left.text, right: at } : null;
    at = parent;
  }
  return null;
}

/** Whether a name goes into an expression, by way of constants too. */
function isMadeOf(draft: Draft, node: ts.Node, name: string, seen: Set<ts.Node>): boolean {
  if (ts.isIdentifier(node) && draft.names.uses(node.text).includes(node)) {
    if (node.text === name) return true;
    const initializer = draft.constant(node)?.initializer;
    if (initializer && !seen.has(initializer)) {
      seen.add(initializer);
      return isMadeOf(draft, initializer, name, seen);
    }
  }
  return ts.forEachChild(node, (child) => isMadeOf(draft, child, name, seen)) ?? false;
}
