import ts from 'typescript';
import { bare } from '../syntax.ts';
import type { Repair } from './draft.ts';
import { type LibraryCall, libraryCall, rename, unwrap } from './library-call.ts';

/** `softmax(x).log()`, `log(softmax(x))`  →  `logSoftmax(x)`, also where the softmax has a name of its own. */
export const logSoftmax: Repair<'logSoftmax'> = (draft, { at }) => {
  const call = draft.callAt(at);
  const log = call && libraryCall(draft, call);
  if (log?.name !== 'log' || log.rest.length > 0) return false;
  const direct = libraryCall(draft, log.subject);
  if (direct) return isSoftmax(direct) && rename(draft, direct, 'logSoftmax') && unwrap(draft, log);
  const name = bare(log.subject);
  const declaration = draft.constant(log.subject);
  const softmax = declaration?.initializer && libraryCall(draft, declaration.initializer);
  if (!declaration || !softmax || !isSoftmax(softmax) || !ts.isIdentifier(name) || declaration.type) return false;
  // Used for something else, the probabilities have to stay.
  if (draft.names.uses(name.text).length !== 1) return false;
  const logged = `log${name.text[0]!.toUpperCase()}${name.text.slice(1)}`;
  if (!draft.names.isFree(logged)) return false;
  draft.replaceNode(declaration.name, logged);
  draft.replaceNode(name, logged);
  return rename(draft, softmax, 'logSoftmax') && unwrap(draft, log);
};

const isSoftmax = ({ name, rest }: LibraryCall): boolean => name === 'softmax' && rest.length <= 1;
