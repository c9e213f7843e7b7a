import ts from 'typescript';
import { bare } from '../syntax.ts';
import type { Draft, Repair } from './draft.ts';
import { libraryCall } from './library-call.ts';

/** `optimizer: adam({ … })`  →  `optimizer: optim.clipped(adam({ … }), { maxNorm: 1 })`. */
export const clip: Repair<'clip'> = (draft, { at, maxNorm }) => {
  const option = optimizerOf(draft, at);
  const optim = option && draft.names.use('optim');
  if (!option || !optim) return false;
  const value = ts.isShorthandPropertyAssignment(option) ? option.name : option.initializer;
  if (nameOfCall(value) === 'clipped') return false;
  const before = ts.isShorthandPropertyAssignment(option) ? `${option.name.text}: ` : '';
  draft.insert(draft.start(value), `${before}${optim}.clipped(`);
  draft.insert(value.end, `, { maxNorm: ${maxNorm} })`);
  return true;
};

/** `optim.sgd({ lr: 0.1 })`  →  `optim.sgd({ lr: 0.01 })`: the number where it stands. */
export const learningRate: Repair<'learningRate'> = (draft, { at, factor }) => {
  const option = optimizerOf(draft, at);
  if (!option) return false;
  let made: ts.Expression | undefined = ts.isShorthandPropertyAssignment(option) ? option.name : option.initializer;
  for (;;) {
    const settled = resolved(draft, made);
    if (!ts.isCallExpression(settled)) return false;
    if (nameOfCall(settled) !== 'clipped') {
      made = settled.arguments[0];
      break;
    }
    if (!settled.arguments[0]) return false;
    made = settled.arguments[0];
  }
  const options = made && resolved(draft, made);
  const lr = options && property(options, 'lr');
  if (!lr) return false;
  const rate = resolved(draft, ts.isShorthandPropertyAssignment(lr) ? lr.name : lr.initializer);
  if (!ts.isNumericLiteral(rate)) return false;
  // Twelve digits: what is more is the rounding of the product.
  draft.replaceNode(rate, String(Number((Number(rate.text) * factor).toPrecision(12))));
  return true;
};

type Option = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;

/** The option of the model at a place. */
function optimizerOf(draft: Draft, at: Parameters<Draft['callAt']>[0]): Option | null {
  const call = draft.callAt(at);
  const model = call && libraryCall(draft, call);
  const options = model?.name === 'model' && !model.method ? model.rest[0] : undefined;
  return options ? property(resolved(draft, options), 'optimizer') : null;
}

/** The only property of a name in an object literal that spreads nothing. */
function property(object: ts.Expression, name: string): Option | null {
  if (!ts.isObjectLiteralExpression(object) || object.properties.some(ts.isSpreadAssignment)) return null;
  const found = object.properties.filter(
    (one) => one.name && (ts.isIdentifier(one.name) || ts.isStringLiteral(one.name)) && one.name.text === name,
  );
  const [only] = found;
  if (found.length !== 1 || !only) return null;
  return ts.isPropertyAssignment(only) || ts.isShorthandPropertyAssignment(only) ? only : null;
}

/** What an expression stands for, through names of constants. */
function resolved(draft: Draft, node: ts.Expression): ts.Expression {
  let at = bare(node);
  for (let i = 0; i < 8; i++) {
    const initializer = draft.constant(at)?.initializer;
    if (!initializer) break;
    at = bare(initializer);
  }
  return at;
}

function nameOfCall(node: ts.Expression): string | null {
  const call = bare(node);
  if (!ts.isCallExpression(call)) return null;
  const { expression } = call;
  return ts.isPropertyAccessExpression(expression)
    ? expression.name.text
    : ts.isIdentifier(expression)
      ? expression.text
      : null;
}
