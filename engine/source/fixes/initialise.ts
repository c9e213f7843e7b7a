import ts from 'typescript';
import type { FixRequest } from '../../base/source-fix.ts';
import { bare } from '../syntax.ts';
import type { Draft, Repair } from './draft.ts';
import { type LibraryCall, libraryCall } from './library-call.ts';

type Request = Extract<FixRequest, { kind: 'initialise' }>;

/** `param(randn(shape).mul(0.01))`  →  `param(randn(shape).mul(Math.sqrt(2 / 64)))`; constant content is drawn anew. */
export const initialise: Repair<'initialise'> = (draft, request) => {
  const call = draft.callAt(request.at);
  const param = call && libraryCall(draft, call);
  if (param?.name !== 'param' || param.method) return false;
  const found = unscaled(draft, param.subject);
  if (!found) return false;
  const { made, scales } = found;
  const scale = deviation(draft, made, request);
  if (scale === null || (made.name !== 'randn' && !drawAnew(draft, made))) return false;
  const [outer, ...inner] = scales;
  if (!outer) {
    draft.insert(made.call.end, `.mul(${scale})`);
    return true;
  }
  // The outermost scale takes the new number, and those inside go.
  if (outer.rest.length !== 1 || !inner.every((one) => one.method && draft.remove(one.subject.end, one.call.end)))
    return false;
  if (outer.name === 'div') {
    if (!outer.method || !ts.isPropertyAccessExpression(outer.call.expression)) return false;
    draft.replaceNode(outer.call.expression.name, 'mul');
  }
  draft.replaceNode(outer.rest[0]!, scale);
  return true;
};

/** What draws or fills the weights, and what scales it by a number, outermost first. */
function unscaled(draft: Draft, node: ts.Expression): { made: LibraryCall; scales: LibraryCall[] } | null {
  const scales: LibraryCall[] = [];
  for (let at = libraryCall(draft, node); at; at = libraryCall(draft, at.subject)) {
    if (!at.method && (at.name === 'randn' || fills.has(at.name))) return { made: at, scales };
    if ((at.name !== 'mul' && at.name !== 'div') || at.rest.length !== 1) return null;
    scales.push(at);
  }
  return null;
}

const fills: ReadonlySet<string> = new Set(['full', 'zeros', 'ones']);

/** `full([64, 32], 0.1)`  →  `randn([64, 32])`. */
function drawAnew(draft: Draft, made: LibraryCall): boolean {
  const { call, name, subject, rest } = made;
  const randn = draft.names.use('randn');
  if (randn === null || !ts.isArrayLiteralExpression(bare(subject))) return false;
  draft.names.drop(call.expression);
  draft.replaceNode(call.expression, randn);
  const [value] = rest;
  return name !== 'full' || value === undefined || draft.remove(subject.end, value.end);
}

/** `Math.sqrt(2 / 64)`, with the size as the shape writes it where that is one word. */
function deviation(draft: Draft, { subject }: LibraryCall, { numerator, dim, fan }: Request): string | null {
  const shape = bare(subject);
  if (!draft.names.isFree('Math') && draft.names.declarations('Math').length > 0) return null;
  const size =
    ts.isArrayLiteralExpression(shape) && !shape.elements.some(ts.isSpreadElement) ? shape.elements[dim] : null;
  if (size && ts.isIdentifier(size)) return `Math.sqrt(${numerator} / ${size.text})`;
  return fan === null ? null : `Math.sqrt(${numerator} / ${fan})`;
}
