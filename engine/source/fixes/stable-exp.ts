import ts from 'typescript';
import { bare, bareParent } from '../syntax.ts';
import type { Draft, Repair } from './draft.ts';
import { type LibraryCall, libraryCall, rename, unwrap } from './library-call.ts';

/**
 * An exp that overflows, together with what is made of it, as the library's own function of the same value:
 * `log1p(exp(z))`, `z.exp().add(1).log()`  →  `softplus`; `z.exp().sum(d).log()`  →  `logsumexp`; `e.div(e.sum(d, true))` of an
 * `e = z.exp()`  →  `softmax`. Also where the exponential has a name, if it is used for nothing else.
 */
export const stableExp: Repair<'stableExp'> = (draft, { at }) => {
  const call = draft.callAt(at);
  const exp = call && libraryCall(draft, call);
  if (exp?.name !== 'exp' || exp.rest.length > 0) return false;
  const declaration = ts.isVariableDeclaration(bareParent(exp.call))
    ? (bareParent(exp.call) as ts.VariableDeclaration)
    : null;
  if (declaration === null) return direct(draft, exp, exp.call) && unwrap(draft, exp);
  const { name } = declaration;
  if (!ts.isIdentifier(name) || draft.constant(name) !== declaration || declaration.type) return false;
  const uses = draft.names.uses(name.text);
  const [use] = uses;
  if (use === undefined || !(uses.length === 1 ? direct(draft, exp, use) : normalised(draft, uses))) return false;
  // It holds what stands in the exponent from now on.
  if (!draft.names.isFree('exponent')) return false;
  draft.replaceNode(name, 'exponent');
  const kept = uses.length === 1 ? uses : uses.slice(0, 1);
  for (const one of kept) draft.replaceNode(one, 'exponent');
  return unwrap(draft, exp);
};

/** The call that is made of a value. @param node the expression that stands for it there */
function madeOf(draft: Draft, node: ts.Expression): LibraryCall | null {
  const parent = bareParent(node);
  const call = ts.isPropertyAccessExpression(parent) ? bareParent(parent) : parent;
  const found = ts.isCallExpression(call) ? libraryCall(draft, call) : null;
  return found && bare(found.subject) === bare(node) ? found : null;
}

/** softplus and logsumexp, whose logarithm is taken of one call. */
function direct(draft: Draft, exp: LibraryCall, node: ts.Expression): boolean {
  const next = madeOf(draft, node);
  if (!next) return false;
  if (next.name === 'log1p' && next.rest.length === 0) return rename(draft, next, 'softplus');
  const log = madeOf(draft, next.call);
  if (log?.name === 'log' && log.rest.length === 0) {
    if (next.name === 'add' && isOne(next.rest)) return rename(draft, log, 'softplus') && unwrap(draft, next);
    return next.name === 'sum' && rename(draft, next, 'logsumexp') && unwrap(draft, log);
  }
  // x.exp().div(x.exp().sum(d, true)): both are the same.
  const [divisor] = next.rest;
  const sum = next.name === 'div' && divisor ? libraryCall(draft, divisor) : null;
  return sum !== null && draft.textOf(bare(sum.subject)) === draft.textOf(exp.call) && softmaxOf(draft, next, sum);
}

/** `e.div(e.sum(d, true))`, and e in it twice and nowhere else. */
function normalised(draft: Draft, uses: readonly ts.Identifier[]): boolean {
  const [first, second] = uses;
  const div = first && madeOf(draft, first);
  const [divisor] = div?.rest ?? [];
  const sum = div?.name === 'div' && divisor ? libraryCall(draft, divisor) : null;
  return uses.length === 2 && !!div && sum !== null && bare(sum.subject) === second && softmaxOf(draft, div, sum);
}

/** A quotient by a sum that keeps its dimension, over that dimension. */
function softmaxOf(draft: Draft, div: LibraryCall, sum: LibraryCall): boolean {
  const [divisor] = div.rest;
  const [dim, keepdim] = sum.rest;
  const keeps = keepdim?.kind === ts.SyntaxKind.TrueKeyword;
  if (sum.name !== 'sum' || !keeps || dim === undefined || divisor === undefined || !rename(draft, div, 'softmax'))
    return false;
  draft.names.drop(sum.call.expression);
  draft.replaceNode(divisor, draft.textOf(dim));
  return true;
}

const isOne = (rest: readonly ts.Expression[]): boolean => {
  const [only] = rest;
  return rest.length === 1 && only !== undefined && ts.isNumericLiteral(only) && Number(only.text) === 1;
};
