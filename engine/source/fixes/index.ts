import type { FixRequest, TextEdit } from '../../base/source-fix.ts';
import { type Span, span } from '../../base/span.ts';
import { activation } from './activation.ts';
import { attach } from './attach.ts';
import { bceWithLogits } from './bce-with-logits.ts';
import { Draft } from './draft.ts';
import { addEpsilon } from './epsilon.ts';
import { initialise } from './initialise.ts';
import { layerNorm, residual } from './layer.ts';
import { logSoftmax } from './log-softmax.ts';
import { clip, learningRate } from './optimizer.ts';
import { squeeze } from './squeeze.ts';
import { stableExp } from './stable-exp.ts';

/**
 * The edits that carry repairs of a text out, in the order of the text and without touching each other. Places are those of
 * the text before any of them. Comments and layout stay.
 * @returns null where a form is not understood, or the text has syntax errors: no edit is better than a wrong one.
 */
export function fixEdits(path: string, text: string, requests: readonly FixRequest[]): TextEdit[] | null {
  if (requests.length === 1) return editsOfOne(path, text, requests[0]!);
  let now = text;
  let done: readonly TextEdit[][] = [];
  for (const request of requests) {
    const at = done.reduce<Span | null>((place, edits) => place && moved(place, edits), request.at);
    const edits = at && editsOfOne(path, now, { ...request, at });
    if (!edits) return null;
    done = [...done, edits];
    now = applyEdits(now, edits);
  }
  return [difference(text, now)];
}

/** @param edits in the order of the text */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let made = '';
  let from = 0;
  for (const { span: at, text: put } of edits) {
    made += text.slice(from, at.start) + put;
    from = at.end;
  }
  return made + text.slice(from);
}

function editsOfOne(path: string, text: string, request: FixRequest): TextEdit[] | null {
  const draft = new Draft(path, text);
  return draft.isSound && repair(draft, request) ? draft.edits() : null;
}

function repair(draft: Draft, request: FixRequest): boolean {
  switch (request.kind) {
    case 'bceWithLogits':
      return bceWithLogits(draft, request);
    case 'logSoftmax':
      return logSoftmax(draft, request);
    case 'stableExp':
      return stableExp(draft, request);
    case 'attach':
      return attach(draft, request);
    case 'squeeze':
      return squeeze(draft, request);
    case 'epsilon':
      return addEpsilon(draft, request);
    case 'residual':
      return residual(draft, request);
    case 'activation':
      return activation(draft, request);
    case 'initialise':
      return initialise(draft, request);
    case 'layerNorm':
      return layerNorm(draft, request);
    case 'clip':
      return clip(draft, request);
    case 'learningRate':
      return learningRate(draft, request);
  }
}

/** Where a call stands after edits inside or outside of it. What is put in at its very edge is outside. */
function moved({ start, end }: Span, edits: readonly TextEdit[]): Span {
  let [from, to] = [start as number, end as number];
  for (const { span: at, text } of edits) {
    const change = text.length - (at.end - at.start);
    if (at.end <= start) from += change;
    if (at.end < end || (at.end === end && at.start < end)) to += change;
  }
  return span(from, to);
}

/** The one stretch in which two texts differ. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { span: span(start, before.length - same), text: after.slice(start, after.length - same) };
}
