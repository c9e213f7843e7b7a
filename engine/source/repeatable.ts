import ts from 'typescript';
import type { FunctionNode } from './sites/function.ts';
import { bare } from './syntax.ts';

/**
 * Names by which what looks like reading or calling may do something else: accessors, proxies, conversions, iterators that
 * remember, code made from texts. Looked for in the whole text, comments and all; one too many is found rather than one too few.
 */
const hidden =
  /\\u|\b(Proxy|Reflect|Symbol|WeakRef|FinalizationRegistry|Function|eval|globalThis|prototype|__\w+__|valueOf|toString|toJSON|defineProperty|defineProperties|setPrototypeOf|assign)\b|\b(get|set|static)\s+[\w$#['"]/;

/** Whether such names are nowhere in a file. */
export const saysAll = (text: string): boolean => !hidden.test(text);

/**
 * Whether a function of such a program can change nothing but variables of its own, unless by what it calls: then it does
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
  if (ts.isTypeNode(node)) return true;
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
    const { kind } = node.operatorToken;
    if (kind < Kind.FirstAssignment || kind > Kind.LastAssignment)
      return isPlain(node.left, own) && isPlain(node.right, own);
    return isOwn(node.left, own) && isPlain(node.right, own);
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const changes = node.operator === Kind.PlusPlusToken || node.operator === Kind.MinusMinusToken;
    return changes ? isOwn(node.operand, own) : isPlain(node.operand, own);
  }
  return false;
}

function isOwn(target: ts.Expression, own: ReadonlySet<string>): boolean {
  const inner = bare(target);
  return ts.isIdentifier(inner) && own.has(inner.text);
}

const isOfMath = ({ expression }: ts.CallExpression): boolean => {
  const callee = bare(expression);
  return ts.isPropertyAccessExpression(callee) && bare(callee.expression).getText() === 'Math';
};
