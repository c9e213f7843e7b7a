import type { DebugProtocol } from '@vscode/debugprotocol';
import type { NodeId } from '../../base/brand.ts';
import { elementAt } from '../../base/indices.ts';
import { t } from '../../base/l10n.ts';
import { type Arguments, RequestError } from '../arguments.ts';
import { completions } from '../expression/complete.ts';
import { type Meaning, evaluate, read } from '../expression/evaluate.ts';
import { type Asked, parse } from '../expression/parse.ts';
import { ExpressionError } from '../expression/tokens.ts';
import { type Value, isNode, isTensor } from '../expression/value.ts';
import { gradientMemory, valueMemory } from '../memory.ts';
import { type At, meaningAt, momentWords } from '../meaning.ts';
import type { Session } from '../session.ts';
import { copied } from '../variables/copied.ts';
import type { Entry } from '../variables/entry.ts';
import { exactly } from '../variables/show.ts';
import { tensorEntry } from '../variables/tensor.ts';
import type { Answer, Handler } from './handler.ts';
import { frameOf } from './looking.ts';

/** Expressions: watched, hovered over, typed into the console, completed, and given another value. */
export const asking: Readonly<Record<string, Handler>> = {
  evaluate: (session, given) => {
    const text = given.text('expression');
    if (given.optionalText('context') === 'clipboard')
      return { body: { result: inFull(session, text, given), variablesReference: 0 } };
    const entry = evaluated(session, text, given);
    const { value, name: _, evaluateName: __, ...rest } = session.handles.variable(entry);
    return { body: { result: value, ...rest } satisfies DebugProtocol.EvaluateResponse['body'] };
  },
  setExpression,
  completions: complete,
  // Not of the protocol: ends a what-if.
  restoreRun: (session) => {
    return { after: session.whatIf.restore() };
  },
};

function atFrame(session: Session, given: Arguments): At {
  const { position } = session.playback;
  const frame = frameOf(session, given.optionalWhole('frameId'));
  if (frame.kind === 'consumer') return { position, node: frame.node };
  const scope = frame.kind === 'scope' ? frame.scope : session.frames.innermost;
  return scope === null ? { position } : { position, scope };
}

function evaluated(session: Session, text: string, given: Arguments): Entry {
  return worded(() => {
    const asked = parse(text);
    const meaning = meaningAt(session.playback, atFrame(session, given));
    return entryOf(session, text, evaluate(asked, meaning), memoryOf(session, asked, meaning));
  });
}

/** In full, where the client's own line of it is a summary. */
function inFull(session: Session, text: string, given: Arguments): string {
  const value = worded(() => read(parse(text), meaningAt(session.playback, atFrame(session, given))));
  if (isTensor(value)) return copied(value);
  return typeof value === 'object' ? 'null' : String(value);
}

/** @throws RequestError for an expression that has no value. */
function worded<Result>(body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    if (error instanceof ExpressionError) throw new RequestError(error.message);
    throw error;
  }
}

function entryOf(session: Session, text: string, value: Value, memory: string | null): Entry {
  if (isNode(value)) return { ...session.entries.both(value.node), name: text };
  if (isTensor(value)) return tensorEntry(text, value, { expression: text, ...(memory !== null && { memory }) });
  // A float32 that was read is told with a float32's digits.
  if (typeof value === 'number')
    return { name: text, value: exactly(value, Math.fround(value) === value ? 'float32' : 'float64'), type: 'number' };
  const told = value === null ? t('none (yet)') : typeof value === 'string' ? JSON.stringify(value) : String(value);
  return { name: text, value: told, type: value === null ? 'null' : typeof value };
}

/** Where the bytes of `w.grad`, `w.value` can be read. */
function memoryOf({ playback }: Session, asked: Asked, meaning: Meaning): string | null {
  const node = asked.kind === 'member' && asked.of.kind === 'name' ? meaning.node(asked.of.name) : null;
  if (node === null || asked.kind !== 'member') return null;
  if (asked.name === 'grad') return gradientMemory(node, playback.position);
  return asked.name === 'value' ? valueMemory(node) : null;
}

/** `w1 = 2`, `W1[0][1] = 0.5`: what is on the left is a leaf, or one of its elements. */
async function setExpression(session: Session, given: Arguments): Promise<Answer> {
  const text = given.text('expression');
  const { node, indices } = leafIn(session, text, given);
  const { shape } = session.playback.graph.node(node);
  const fits = indices.length === shape.length && indices.every((index, i) => index >= 0 && index < shape[i]!);
  if (!fits) throw new RequestError(t('A tensor is changed element by element.'));
  const element = elementAt(shape, indices);
  const after = await session.whatIf.change({ node, element }, given.text('value'));
  const { value, type } = session.handles.variable(session.entries.number({ node, element }));
  return { body: { value, ...(type !== undefined && { type }) }, after };
}

function leafIn(session: Session, text: string, given: Arguments): { node: NodeId; indices: number[] } {
  return worded(() => {
    const meaning = meaningAt(session.playback, atFrame(session, given));
    const indices: number[] = [];
    let asked = parse(text);
    for (; asked.kind === 'index'; asked = asked.of) {
      const index = evaluate(asked.index, meaning);
      indices.unshift(typeof index === 'number' ? index : NaN);
    }
    const value = evaluate(asked, meaning);
    if (isNode(value)) return { node: value.node, indices };
    throw new RequestError(t('This follows from other values: change a parameter, an input or a constant.'));
  });
}

function complete(session: Session, given: Arguments): Answer {
  const text = given.text('text');
  const cursor = Math.min(text.length, Math.max(0, given.integer('column', 1) - session.connection.columnsFrom));
  const found = completions(text, cursor, meaningAt(session.playback, atFrame(session, given)).names(), momentWords);
  const targets = found.map(({ text: label, kind, start, length }): DebugProtocol.CompletionItem => ({
    label,
    type: kind,
    start: start + session.connection.completionsFrom,
    length,
  }));
  return { body: { targets } };
}
