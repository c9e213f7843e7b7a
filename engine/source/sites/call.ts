import ts from 'typescript';
import type { Context } from '../context.ts';
import { noteModel } from '../models.ts';

/**
 * `x.matmul(W).add(b)`  →  `__rg.value(2,__rg.value(1,x.matmul(W)).add(b))`
 *
 * The call itself is left as it is, so that its `this` stays. Not wrapped: `super()` and `import()`, which are no values; the
 * inner links of an optional chain, where a wrapper would end the short-circuit; `Math.…()`, which is never a tensor and often hot.
 */
export function call(context: Context, node: ts.CallExpression): void {
  if (isMath(node)) return context.children(node);
  context.calls++;
  context.expressions.push(context.spanOf(node));
  const { kind } = node.expression;
  if (kind === ts.SyntaxKind.SuperKeyword || kind === ts.SyntaxKind.ImportKeyword || isInnerLink(node))
    return context.children(node);
  const site = context.expressionSite(node);
  noteModel(context, node, site);
  context.insert(context.start(node), `__rg.value(${site},`);
  context.children(node);
  context.insert(node.end, ')');
}

/** `new Net(x)` and tagged templates are left alone: what they make is named, if at all, by what they are bound to. */
export function construction(context: Context, node: ts.NewExpression | ts.TaggedTemplateExpression): void {
  context.calls++;
  context.expressions.push(context.spanOf(node));
  context.children(node);
}

function isMath({ expression }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    ts.isIdentifier(expression.expression) &&
    expression.expression.text === 'Math'
  );
}

function isInnerLink(node: ts.Node): boolean {
  const { parent } = node;
  if ((node.flags & parent.flags & ts.NodeFlags.OptionalChain) === 0) return false;
  if (ts.isNonNullExpression(parent)) return isInnerLink(parent);
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) &&
    parent.expression === node
  );
}
