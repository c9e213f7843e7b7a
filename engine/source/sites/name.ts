import ts from 'typescript';
import type { Context } from '../context.ts';
import { bare, codeEnd, staticName } from '../syntax.ts';
import { isToldOf, namedCall } from './call.ts';
import { listed, pattern } from './destructuring.ts';

/**
 * `const u1 = e`   →  `const u1 = __rg.name(3,e)`; a call in its place is told together with the name
 * `(h0 = e) => …`  →  `(h0 = __rg.name(3,e)) => …`
 */
export function declaration(context: Context, node: ts.VariableDeclaration | ts.ParameterDeclaration): void {
  context.visit(context, node.name);
  if (node.initializer === undefined) return;
  if (ts.isIdentifier(node.name)) bind(context, node.name.text, node.name, node.initializer);
  else if (ts.isArrayBindingPattern(node.name)) listed(context, node.initializer);
  else context.visit(context, node.initializer);
}

/**
 * `{ w: e }`             →  `{ w: __rg.name(3,e) }`
 * `class { w = e }`      →  `class { w = __rg.name(3,e) }`
 */
export function property(context: Context, node: ts.PropertyAssignment | ts.PropertyDeclaration): void {
  if (ts.isPropertyDeclaration(node)) context.visitAll(node.modifiers ?? []);
  context.visit(context, node.name);
  if (node.initializer === undefined) return;
  if (ts.isPropertyDeclaration(node)) context.expressions.push(context.spanOf(node));
  bindIfNamed(context, staticName(node.name), node.name, node.initializer);
}

const naming: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/**
 * `h = e`          →  `h = __rg.name(3,e)`
 * `this.W = e`     →  `this.W = __rg.name(3,e)`
 * `layers[0] = e`  →  `layers[0] = __rg.name(3,e)`, named `layers[0]`
 */
export function assignment(context: Context, node: ts.BinaryExpression): void {
  if (!naming.has(node.operatorToken.kind)) return context.children(node);
  const target = bare(node.left);
  if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) {
    pattern(context, target);
    if (ts.isArrayLiteralExpression(target)) listed(context, node.right);
    else context.visit(context, node.right);
    return;
  }
  context.visit(context, node.left);
  const at = ts.isPropertyAccessExpression(target) ? target.name : target;
  bindIfNamed(context, targetName(target), at, node.right);
}

function targetName(target: ts.Expression): string | null {
  if (ts.isIdentifier(target)) return target.text;
  if (ts.isPropertyAccessExpression(target)) return target.name.text;
  if (!ts.isElementAccessExpression(target) || !ts.isNumericLiteral(target.argumentExpression)) return null;
  const of = targetName(bare(target.expression));
  return of === null ? null : `${of}[${target.argumentExpression.text}]`;
}

function bindIfNamed(context: Context, name: string | null, at: ts.Node, value: ts.Expression): void {
  if (name === null || name === '__proto__') context.visit(context, value);
  else bind(context, name, at, value);
}

function bind(context: Context, name: string, at: ts.Node, value: ts.Expression): void {
  if (!mayHoldTensor(value)) return context.visit(context, value);
  if (isToldOf(value)) return namedCall(context, context.nameSite(name, at, value), value);
  context.insert(context.start(value), `__rg.name(${context.nameSite(name, at, value)},`);
  context.visit(context, value);
  context.insert(codeEnd(value), ')');
}

const choosing: ReadonlySet<ts.SyntaxKind> = new Set([
  ...naming,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.CommaToken,
]);

/** False for what is surely no tensor. Functions and classes must stay bare for another reason: they take the variable's name. */
function mayHoldTensor(value: ts.Expression): boolean {
  const inner = bare(value);
  if (ts.isBinaryExpression(inner)) return choosing.has(inner.operatorToken.kind);
  return (
    !ts.isFunctionExpression(inner) &&
    !ts.isArrowFunction(inner) &&
    !ts.isClassExpression(inner) &&
    !ts.isObjectLiteralExpression(inner) &&
    !ts.isLiteralExpression(inner) &&
    !ts.isTemplateExpression(inner) &&
    !ts.isPrefixUnaryExpression(inner) &&
    !ts.isPostfixUnaryExpression(inner) &&
    !ts.isTypeOfExpression(inner) &&
    !ts.isVoidExpression(inner) &&
    !ts.isDeleteExpression(inner) &&
    inner.kind !== ts.SyntaxKind.NullKeyword &&
    inner.kind !== ts.SyntaxKind.TrueKeyword &&
    inner.kind !== ts.SyntaxKind.FalseKeyword &&
    !(ts.isIdentifier(inner) && inner.text === 'undefined')
  );
}
