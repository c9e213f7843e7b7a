import ts from 'typescript';
import type { FunctionNode } from './sites/function.ts';
import { bare } from './syntax.ts';

/**
 * Whether a function can change nothing but variables of its own, unless by what it calls: then it does
 * the same each time, as long as what it calls and what it reads are the same. Only plain forms are known; all else is none.
 */
export function isRepeatable({ body, modifiers, asteriskToken, parameters }: FunctionNode): boolean {
  if (!body || modifiers || asteriskToken || !parameters.every(isPlainParameter)) return false;
  if (!ts.isBlock(body)) return isPlain(body, new Set());
  const own = new Set(body.statements.filter(ts.isVariableStatement).flatMap(variablesOf));
  return isPlain(body, own);
}

const isPlainParameter = ({ name, initializer, dotDotDotToken }: ts.ParameterDeclaration): boolean =>
  ts.isIdentifier(name) && !initializer && !dotDotDotToken;

const variablesOf = ({ declarationList }: ts.VariableStatement): string[] => variablesIn(declarationList);

const variablesIn = ({ declarations }: ts.VariableDeclarationList): string[] =>
  declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));

const Kind = ts.SyntaxKind;

/** Forms that do nothing but what their parts do. */
const transparent: ReadonlySet<ts.SyntaxKind> = new Set([
  Kind.Block,
  Kind.VariableStatement,
  Kind.VariableDeclarationList,
  Kind.ExpressionStatement,
  Kind.ReturnStatement,
  Kind.IfStatement,
  Kind.ParenthesizedExpression,
  Kind.AsExpression,
  Kind.SatisfiesExpression,
  Kind.NonNullExpression,
  Kind.ConditionalExpression,
  Kind.QuestionToken,
  Kind.ColonToken,
  Kind.ArrayLiteralExpression,
  Kind.ObjectLiteralExpression,
  Kind.PropertyAssignment,
  Kind.ShorthandPropertyAssignment,
  Kind.PropertyAccessExpression,
  Kind.ElementAccessExpression,
  Kind.Identifier,
  Kind.NumericLiteral,
  Kind.StringLiteral,
  Kind.NoSubstitutionTemplateLiteral,
  Kind.TrueKeyword,
  Kind.FalseKeyword,
  Kind.NullKeyword,
  Kind.ThisKeyword,
]);

/** @param own variables of the function that it may change */
function isPlain(node: ts.Node, own: ReadonlySet<string>): boolean {
  // `(f)<T>` is a type node by TypeScript's count, and none of the known forms.
  if (ts.isTypeNode(node)) return !ts.isExpressionWithTypeArguments(node);
  if (node.flags & ts.NodeFlags.OptionalChain) return false;
  const isEachPlain = (): boolean => ts.forEachChild(node, (child) => !isPlain(child, own)) !== true;
  if (transparent.has(node.kind)) return isEachPlain();
  if (ts.isForStatement(node)) {
    const { initializer: first } = node;
    const counted = first && ts.isVariableDeclarationList(first) ? variablesIn(first) : [];
    const all = new Set([...own, ...counted]);
    return ts.forEachChild(node, (child) => !isPlain(child, all)) !== true;
  }
  // A pattern asks an iterator, which may remember.
  if (ts.isVariableDeclaration(node)) return ts.isIdentifier(node.name) && isEachPlain();
  // What it calls is seen to while it runs: each call has to give a tensor. `Math.random()` is not looked at then.
  if (ts.isCallExpression(node)) return !isOfMath(node) && isEachPlain();
  if (ts.isBinaryExpression(node)) {
    return (isAssignment(node) ? isOwn(node.left, own) : isPlain(node.left, own)) && isPlain(node.right, own);
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    return changes(node) ? isOwn(node.operand, own) : isPlain(node.operand, own);
  }
  return false;
}

/**
 * Whether all that a field's initializer may change would be seen when it runs, as its calls and functions are: instances are made
 * unseen too, by a method of an array whose class is the program's.
 */
export function isSeenField({ initializer }: ts.PropertyDeclaration): boolean {
  return initializer === undefined || isSeen(initializer);
}

function isSeen(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return true;
  if (ts.isDeleteExpression(node) || ts.isTaggedTemplateExpression(node)) return false;
  if (ts.isBinaryExpression(node) && isAssignment(node)) return false;
  if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && changes(node)) return false;
  // The inner calls of such a chain are told to nobody.
  if (node.flags & ts.NodeFlags.OptionalChain) return false;
  return ts.forEachChild(node, (child) => !isSeen(child)) !== true;
}

const isAssignment = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind >= Kind.FirstAssignment && kind <= Kind.LastAssignment;

const changes = ({ operator }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): boolean =>
  operator === Kind.PlusPlusToken || operator === Kind.MinusMinusToken;

function isOwn(target: ts.Expression, own: ReadonlySet<string>): boolean {
  const inner = bare(target);
  return ts.isIdentifier(inner) && own.has(inner.text);
}

const isOfMath = ({ expression }: ts.CallExpression): boolean => {
  const callee = bare(expression);
  return ts.isPropertyAccessExpression(callee) && bare(callee.expression).getText() === 'Math';
};
