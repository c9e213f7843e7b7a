import ts from 'typescript';
import type { Context } from '../context.ts';
import type { Insertion } from '../edits.ts';
import { bare, codeEnd, isInList } from '../syntax.ts';

/** `const { a, b: [c] } = e;`  →  `const { a, b: [c] } = e;;__rg.name(4,a);__rg.name(5,c);` */
export function variables(context: Context, node: ts.VariableStatement): void {
  context.expressions.push(context.spanOf(node));
  const { declarations } = node.declarationList;
  withNames(
    context,
    node,
    declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [] : declaredNames(name))),
  );
}

/** `[a, b] = e;`  →  `[a, b] = e;;__rg.name(4,a);__rg.name(5,b);` */
export function expressionStatement(context: Context, node: ts.ExpressionStatement): void {
  context.expressions.push(context.spanOf(node));
  const inner = bare(node.expression);
  const assigns = ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const target = assigns ? bare(inner.left) : null;
  const isPattern = target !== null && (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target));
  withNames(context, node, isPattern ? assignedNames(target) : []);
}

/** The statements that name what a pattern has bound. */
export const namingOf = (context: Context, names: readonly ts.Identifier[]): string =>
  names.map((name) => `__rg.name(${context.nameSite(name.text, name, null)},${name.text});`).join('');

/**
 * `const [a, b] = e`  →  `const [a, b] = __rg.list(e)`
 *
 * The engine knows no place for what goes wrong while a value is taken apart; that of a call it knows.
 */
export function listed(context: Context, node: ts.Expression): readonly Insertion[] {
  // A list as it stands there, spread or not, is one.
  if (ts.isArrayLiteralExpression(bare(node))) {
    context.visit(context, node);
    return [];
  }
  const begin = context.insert(context.start(node), '__rg.list(');
  context.visit(context, node);
  return [begin, context.insert(codeEnd(node), ')')];
}

/** All variables that a declaration's pattern binds, or the one that a plain name is. */
export function declaredNames(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? declaredNames(element.name) : []));
}

/** The plain variables among the targets of an assignment's pattern. Properties are left out: reading one back may run a getter. */
export function assignedNames(target: ts.Expression): ts.Identifier[] {
  const inner = bare(target);
  if (ts.isIdentifier(inner)) return [inner];
  if (ts.isBinaryExpression(inner)) return assignedNames(inner.left);
  if (ts.isSpreadElement(inner)) return assignedNames(inner.expression);
  if (ts.isArrayLiteralExpression(inner)) return inner.elements.flatMap(assignedNames);
  if (!ts.isObjectLiteralExpression(inner)) return [];
  return inner.properties.flatMap((part) => {
    if (ts.isShorthandPropertyAssignment(part)) return [part.name];
    if (ts.isPropertyAssignment(part)) return assignedNames(part.initializer);
    return ts.isSpreadAssignment(part) ? assignedNames(part.expression) : [];
  });
}

/** Visits a literal that is a pattern: its targets are written to, so that nothing may be wrapped round them. */
export function pattern(context: Context, node: ts.Expression): void {
  if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node)) return pattern(context, node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.forEach((element) => pattern(context, element));
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    pattern(context, node.left);
    return context.visit(context, node.right);
  }
  if (!ts.isObjectLiteralExpression(node)) return context.visit(context, node);
  for (const part of node.properties) {
    if (ts.isPropertyAssignment(part)) {
      context.visit(context, part.name);
      pattern(context, part.initializer);
    } else if (ts.isSpreadAssignment(part)) pattern(context, part.expression);
    else context.visit(context, part);
  }
}

function withNames(context: Context, statement: ts.Statement, names: readonly ts.Identifier[]): void {
  const braced = names.length > 0 && !isInList(statement);
  if (braced) context.insert(context.start(statement), '{');
  context.children(statement);
  if (names.length > 0) context.insert(statement.end, `;${namingOf(context, names)}${braced ? '}' : ''}`);
}
