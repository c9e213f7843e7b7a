import ts from 'typescript';
import { bare } from '../syntax.ts';
import type { Draft } from './draft.ts';

/** `x.relu()` or `relu(x)`: a call of one of the library's functions in either form. */
export interface LibraryCall {
  readonly call: ts.CallExpression;
  readonly name: string;
  readonly method: boolean;
  /** The tensor that it is called on, or its first argument. */
  readonly subject: ts.Expression;
  /** What else it is given. */
  readonly rest: readonly ts.Expression[];
}

/** Null for anything else, and where something is spread into its arguments. */
export function libraryCall(draft: Draft, node: ts.Expression): LibraryCall | null {
  const call = bare(node);
  if (!ts.isCallExpression(call) || call.arguments.some(ts.isSpreadElement)) return null;
  const { expression } = call;
  const name = draft.names.libraryName(expression);
  const [first, ...others] = call.arguments;
  if (name !== null) return first ? { call, name, method: false, subject: first, rest: others } : null;
  if (!ts.isPropertyAccessExpression(expression)) return null;
  const { text } = expression.name;
  return { call, name: text, method: true, subject: expression.expression, rest: [...call.arguments] };
}

/** Gives a call another function's name. @returns false where that name cannot be had. */
export function rename(draft: Draft, { call: { expression } }: LibraryCall, to: string): boolean {
  if (ts.isPropertyAccessExpression(expression)) {
    draft.replaceNode(expression.name, to);
    return true;
  }
  const name = draft.names.use(to);
  if (name === null) return false;
  draft.names.drop(expression);
  draft.replaceNode(expression, name);
  return true;
}

/**
 * `x.sigmoid()` or `sigmoid(x)`  →  `x`.
 * @returns false where a comment stands in what goes
 */
export function unwrap(draft: Draft, { call, subject, method }: LibraryCall): boolean {
  draft.names.drop(call.expression);
  if (method) return removeMethod(draft, subject.end, call);
  return draft.remove(draft.start(call), draft.start(subject)) && draft.remove(subject.end, call.end);
}

/** Comments between the subject and the dot stay; with the last of them the line it ends. */
function removeMethod(draft: Draft, from: number, { expression, end }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const between = draft.text.slice(from, draft.start(expression.name));
  const dot = /\s*\??\.\s*$/.exec(between);
  if (!dot) return false;
  const endsLine = /^\r?\n/.test(draft.text.slice(end));
  const isPlain = dot.index === 0 || endsLine;
  return draft.remove(from + (isPlain ? dot.index : between.length - dot[0].trimStart().length), end);
}
