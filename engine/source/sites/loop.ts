import ts from 'typescript';
import type { Context } from '../context.ts';
import type { Insertion } from '../edits.ts';
import { assignedNames, declaredNames, listed, namingOf, pattern } from './destructuring.ts';

/**
 * `outer: for (const x of xs) step(x);`  →
 * `{const __rg0=__rg.loop(8);try{outer: for (const x of xs) {__rg.next(__rg0);__rg.name(9,x);step(x);}}finally{__rg.exit(__rg0);}}`
 *
 * Outside the labels, so that `continue outer` still finds its loop. Closures over the loop's variables stay one per iteration.
 */
export function loop(context: Context, node: ts.IterationStatement): void {
  const outermost = labelled(node);
  const open = context.insert(context.start(outermost), '');
  const before = context.calls;
  const quietBefore = context.quietLoops.length;
  const early = ts.isDoStatement(node) ? body(context, node) : null;
  const { names, lists } = header(context, node);
  const inside = early ?? body(context, node);
  const end = context.insert(outermost.end, '');
  const tracked = !context.suspends && !awaits(outermost);
  const token = tracked ? context.token() : '';
  if (tracked) {
    open.text = `{const ${token}=__rg.loop(${context.scope('loop', loopName(node), node)});try{`;
    end.text = `}finally{__rg.exit(${token});}}`;
  }
  if (context.calls === before) return quiet(context, quietBefore, [open, end, ...lists]);
  inside.begin((tracked ? `__rg.next(${token});` : '') + namingOf(context, names));
}

/**
 * Nothing in a loop without calls can make a node: its iterations need no scopes, and loops inside it say nothing at all, so
 * that counting stays as fast as it was. The loop itself is told all the same, for when it has no end.
 */
function quiet(context: Context, before: number, insertions: readonly Insertion[]): void {
  for (const inner of context.quietLoops.splice(before)) inner.text = '';
  context.quietLoops.push(...insertions);
}

interface Header {
  /** The variables that are bound there without an initialiser of their own. */
  readonly names: readonly ts.Identifier[];
  /** What stands round the list that is gone through. */
  readonly lists: readonly Insertion[];
}

/** Visits what stands between the parentheses. */
function header(context: Context, node: ts.IterationStatement): Header {
  const parts = headerParts(node);
  for (const part of parts) if (!ts.isVariableDeclarationList(part)) context.expressions.push(context.spanOf(part));
  if (!ts.isForOfStatement(node) && !ts.isForInStatement(node)) {
    context.visitAll(parts);
    const first = parts[0];
    const lists = first !== undefined && ts.isVariableDeclarationList(first) ? [first] : [];
    const names = lists.flatMap(({ declarations }) =>
      declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [] : declaredNames(name))),
    );
    return { names, lists: [] };
  }
  const { initializer, expression } = node;
  if (ts.isVariableDeclarationList(initializer)) context.visit(context, initializer);
  else pattern(context, initializer);
  if (ts.isForInStatement(node)) {
    context.visit(context, expression);
    // Keys are strings.
    return { names: [], lists: [] };
  }
  const lists = listed(context, expression);
  const names = ts.isVariableDeclarationList(initializer)
    ? initializer.declarations.flatMap(({ name }) => declaredNames(name))
    : assignedNames(initializer);
  return { names, lists };
}

function headerParts(node: ts.IterationStatement): ts.Node[] {
  if (ts.isForStatement(node))
    return [node.initializer, node.condition, node.incrementor].filter((part) => part !== undefined);
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return [node.initializer, node.expression];
  return ts.isWhileStatement(node) || ts.isDoStatement(node) ? [node.expression] : [];
}

/** Visits the body; what `begin` is told then goes to its start, with braces where there were none. */
function body(context: Context, node: ts.IterationStatement): { begin(text: string): void } {
  const { statement } = node;
  const isBlock = ts.isBlock(statement);
  const start = context.insert(context.start(statement) + (isBlock ? 1 : 0), '');
  context.visit(context, statement);
  const end = context.insert(statement.end, '');
  return {
    begin(text) {
      if (text === '') return;
      start.text = isBlock ? text : `{${text}`;
      end.text = isBlock ? '' : '}';
    },
  };
}

function labelled(node: ts.Statement): ts.Statement {
  return ts.isLabeledStatement(node.parent) ? labelled(node.parent) : node;
}

function loopName(node: ts.IterationStatement): string {
  const first = headerParts(node)[0];
  if (first !== undefined && ts.isVariableDeclarationList(first)) {
    const name = first.declarations.flatMap((declaration) => declaredNames(declaration.name))[0];
    if (name !== undefined) return name.text;
  }
  if (first !== undefined && ts.isIdentifier(first) && (ts.isForOfStatement(node) || ts.isForInStatement(node)))
    return first.text;
  return ts.isWhileStatement(node) ? 'while' : ts.isDoStatement(node) ? 'do' : 'for';
}

/** A loop that waits, which outside functions a module may, does not run in one go. */
function awaits(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, awaits) ?? false;
}
