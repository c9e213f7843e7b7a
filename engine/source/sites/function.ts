import ts from 'typescript';
import type { Context } from '../context.ts';
import { isRepeatable } from '../repeatable.ts';
import { bareParent, boundName, codeEnd, hasModifier, staticName } from '../syntax.ts';
import { declaredNames, namingOf } from './destructuring.ts';

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration;

/**
 * `function f({ a }) { … }`  →  `function f({ a }) {const __rg0=__rg.enter(6);try{__rg.name(7,a); … }finally{__rg.exit(__rg0);}}`
 * `x => e`                   →  `x => {const __rg0=__rg.enter(6);try{return e}finally{__rg.exit(__rg0);}}`
 *
 * Functions without a call in them make no node and get no scope; async functions and generators do not run in one go and get none either.
 */
export function functionLike(context: Context, node: FunctionNode): void {
  const { body } = node;
  if (body === undefined) return;
  const outer = context.suspends;
  context.suspends = hasModifier(node, ts.SyntaxKind.AsyncKeyword) || node.asteriskToken !== undefined;
  noteAsync(context, node);
  context.visitAll([...(node.modifiers ?? []), node.name, ...node.parameters]);
  const names = node.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [] : declaredNames(name)));
  if (ts.isBlock(body)) block(context, node, body, names);
  else concise(context, node, body, names);
  context.suspends = outer;
}

function block(context: Context, node: FunctionNode, body: ts.Block, names: readonly ts.Identifier[]): void {
  const directives = body.statements.filter(
    (statement, index) => isDirective(statement) && body.statements.slice(0, index).every(isDirective),
  );
  const prologue = directives.at(-1);
  const open = context.insert(prologue?.end ?? context.start(body) + 1, '');
  const before = context.calls;
  context.visitAll(body.statements);
  const close = context.insert(body.end - 1, '');
  const scope = enter(context, node, before);
  open.text = scope.enter + namingOf(context, names);
  if (prologue !== undefined && open.text !== '') open.text = `;${open.text}`;
  close.text = scope.exit;
}

function concise(context: Context, node: FunctionNode, body: ts.Expression, names: readonly ts.Identifier[]): void {
  context.expressions.push(context.spanOf(body));
  const open = context.insert(context.start(body), '');
  const before = context.calls;
  context.visit(context, body);
  const close = context.insert(codeEnd(body), '');
  const scope = enter(context, node, before);
  const entry = scope.enter + namingOf(context, names);
  if (entry === '') return;
  open.text = `{${entry}return `;
  close.text = `${scope.exit}}`;
}

function enter(context: Context, node: FunctionNode, callsBefore: number): { enter: string; exit: string } {
  if (context.suspends || context.calls === callsBefore) {
    context.hasQuietEffects ||= !isRepeatable(node);
    return { enter: '', exit: '' };
  }
  const id = context.scope('function', functionName(node), node, isRepeatable(node));
  const token = context.token();
  return { enter: `const ${token}=__rg.enter(${id});try{`, exit: `}finally{__rg.exit(${token});}` };
}

function functionName(node: FunctionNode): string {
  if (ts.isConstructorDeclaration(node)) return `new ${node.parent.name?.text ?? 'class'}`;
  if (node.name !== undefined) return staticName(node.name) ?? 'anonymous';
  if (ts.isFunctionDeclaration(node)) return 'default';
  const parent = bareParent(node);
  if (!ts.isCallExpression(parent)) return boundName(node as ts.Expression) ?? 'anonymous';
  const callee = parent.expression;
  return (ts.isPropertyAccessExpression(callee) ? staticName(callee.name) : staticName(callee)) ?? 'anonymous';
}

/** So that `model(step)` can be told when `step` is async. */
function noteAsync(context: Context, node: FunctionNode): void {
  if (!hasModifier(node, ts.SyntaxKind.AsyncKeyword)) return;
  const name = ts.isFunctionDeclaration(node)
    ? node.name?.text
    : ts.isFunctionExpression(node) || ts.isArrowFunction(node)
      ? boundName(node)
      : null;
  if (name) context.asyncFunctions.set(name, context.spanOf(node));
}

const isDirective = (statement: ts.Statement): boolean =>
  ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
