import ts from 'typescript';
import type { SiteId } from '../../base/brand.ts';
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
  if (isToldOf(node)) return told(context, node, (site) => `__rg.value(${site},`);
  context.calls++;
  context.expressions.push(context.spanOf(node));
  context.children(node);
}

/** `const u = x.matmul(W)`  →  `const u = __rg.named(1,x.matmul(W))`: the call's own site is the one after that of the name. */
export function namedCall(context: Context, name: SiteId, node: ts.CallExpression): void {
  told(context, node, () => `__rg.named(${name},`);
}

function told(context: Context, node: ts.CallExpression, to: (site: SiteId) => string): void {
  context.calls++;
  context.expressions.push(context.spanOf(node));
  const site = context.expressionSite(node);
  noteModel(context, node, site);
  context.insert(context.start(node), to(site));
  context.children(node);
  context.insert(node.end, ')');
}

export function isToldOf(node: ts.Expression): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || isMath(node) || isInnerLink(node)) return false;
  const { kind } = node.expression;
  return kind !== ts.SyntaxKind.SuperKeyword && kind !== ts.SyntaxKind.ImportKeyword;
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
