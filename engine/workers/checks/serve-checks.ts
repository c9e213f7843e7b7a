import { setTranslations, t } from '../../base/l10n.ts';
import { checkView } from '../../explain/check/build.ts';
import type { CheckView } from '../../explain/check/view.ts';
import { PassView } from '../../explain/pass-view.ts';
import type { CheckAsked, CheckWorkerStart, FromChecker, ToChecker } from './messages.ts';
import type { Port } from '../threads/thread.ts';
import { TraceParts } from './trace-parts.ts';

/** Milliseconds between two words on how far it is: more would only keep the listener busy. */
const often = 50;

/** What a thread does that checks gradients: seconds of arithmetic, ended by being terminated. Runs no model. */
export function serveChecks(port: Port<ToChecker, FromChecker>, { translations }: CheckWorkerStart): void {
  setTranslations(translations);
  let told = { id: -1, parts: new TraceParts() };
  port.listen((message) => {
    const { id } = message;
    if (told.id !== id) told = { id, parts: new TraceParts() };
    if (message.type === 'part') return told.parts.add(message.part);
    try {
      port.post({ type: 'checked', id, view: check(port, id, told.parts, message.asked) });
    } catch (error) {
      port.post({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) });
    }
  });
}

function check(
  port: Port<ToChecker, FromChecker>,
  id: number,
  { trace }: TraceParts,
  { granularity, opened, node }: CheckAsked,
): CheckView {
  const view = new PassView(trace, trace.passes[0]!, granularity, opened);
  const asked = typeof node === 'string' ? view.names.find(node) : node;
  if (asked === null && node !== null) throw new Error(t('There is no node {0}.', node));
  const steps = checkView(view, { node: asked });
  let told = -Infinity;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    const now = performance.now();
    if (now - told < often) continue;
    told = now;
    port.post({ type: 'progress', id, progress: value });
  }
}
