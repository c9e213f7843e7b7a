import ts from 'typescript';

/** What the wrappers that leave no trace at run time hold: parentheses, `as`, `satisfies`, `!`. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  while (ts.isParenthesizedExpression(inner) || isTypeWrapper(inner)) inner = inner.expression;
  return inner;
}

export const isTypeWrapper = (node: ts.Node): node is ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node);

/** The nearest ancestor that is no such wrapper. */
export function bareParent(node: ts.Node): ts.Node {
  let parent = node.parent;
  while (ts.isParenthesizedExpression(parent) || isTypeWrapper(parent)) parent = parent.parent;
  return parent;
}

/**
 * Where the JavaScript of an expression ends. Stripping `x as T` at the end of a line puts a semicolon right after `x`, so
 * that what closes round the expression has to stand there and not behind the type.
 */
export function codeEnd(node: ts.Node): number {
  if (isTypeWrapper(node)) return codeEnd(node.expression);
  let last: ts.Node | undefined;
  ts.forEachChild(node, (child) => {
    if (child.end === node.end) last = child;
  });
  return last === undefined ? node.end : codeEnd(last);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (node.modifiers?.some((modifier) => modifier.kind === kind) ?? false);
}

/** Whether more statements may be put behind this one without braces round both. */
export function isInList(statement: ts.Statement): boolean {
  const { parent } = statement;
  return ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent);
}

/** The text of a name that is known without running anything: `w`, `#w`, `'w'`, `0`. */
export function staticName(name: ts.Node): string | null {
  if (
    ts.isIdentifier(name) ||
    ts.isPrivateIdentifier(name) ||
    ts.isStringLiteralLike(name) ||
    ts.isNumericLiteral(name)
  )
    return name.text;
  return null;
}

/** What a value is bound to where it stands: a variable, property, field, parameter or assignment; null for nothing. */
export function boundName(node: ts.Expression): string | null {
  const parent = bareParent(node);
  if (
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isParameter(parent)
  )
    return staticName(parent.name);
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    if (ts.isIdentifier(parent.left)) return parent.left.text;
    if (ts.isPropertyAccessExpression(parent.left)) return parent.left.name.text;
  }
  return ts.isExportAssignment(parent) ? 'default' : null;
}
