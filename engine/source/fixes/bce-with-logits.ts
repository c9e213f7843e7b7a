import type { Draft, Repair } from './draft.ts';
import { libraryCall, rename, unwrap } from './library-call.ts';
import { bare } from '../syntax.ts';
import ts from 'typescript';

/** `bce(x.sigmoid(), t)`  →  `bceWithLogits(x, t)`, also where the sigmoid has a name of its own. */
export const bceWithLogits: Repair<'bceWithLogits'> = (draft, { at }) => {
  const call = draft.callAt(at);
  const loss = call && libraryCall(draft, call);
  if (loss?.name !== 'bce' || !rename(draft, loss, 'bceWithLogits')) return false;
  const direct = libraryCall(draft, loss.subject);
  if (direct) return isSigmoid(direct) && unwrap(draft, direct);
  return throughName(draft, loss.subject);
};

const isSigmoid = ({ name, rest }: { name: string; rest: readonly ts.Expression[] }): boolean =>
  name === 'sigmoid' && rest.length === 0;

/**
 * `const p = z.sigmoid(); … bce(p, t)`  →  `const logits = z; … bceWithLogits(logits, t)`. Where p is used for something else
 * too, it stays beside the logits.
 */
function throughName(draft: Draft, subject: ts.Expression): boolean {
  const name = bare(subject);
  const declaration = draft.constant(subject);
  const sigmoid = declaration?.initializer && libraryCall(draft, declaration.initializer);
  if (!declaration || !sigmoid || !isSigmoid(sigmoid) || !ts.isIdentifier(name) || declaration.type) return false;
  const others = draft.names.uses(name.text).filter((use) => use !== name);
  const inner = bare(sigmoid.subject);
  if (others.length > 0 && ts.isIdentifier(inner) && draft.names.declarations(inner.text).length === 1) {
    const isConst = draft.constant(inner) !== null;
    if (isConst) draft.replaceNode(name, inner.text);
    return isConst;
  }
  if (!draft.names.isFree('logits')) return false;
  draft.replaceNode(name, 'logits');
  if (others.length === 0) {
    draft.replaceNode(declaration.name, 'logits');
    return unwrap(draft, sigmoid);
  }
  if (!sigmoid.method || sigmoid.call !== declaration.initializer) return false;
  const line = draft.text.lastIndexOf('\n', draft.start(declaration)) + 1;
  const indent = /^\s*/.exec(draft.text.slice(line))![0];
  draft.replaceNode(declaration.name, 'logits');
  // What stands between the logits and the end of their statement becomes the probabilities' own.
  draft.insert(sigmoid.subject.end, `;\n${indent}const ${name.text} = logits`);
  return true;
}
