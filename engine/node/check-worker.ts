/** The worker thread that checks gradients: seconds of arithmetic, ended by being terminated. Runs no model. */
import { parentPort, workerData } from 'node:worker_threads';
import { setTranslations, t } from '../base/l10n.ts';
import { checkView } from '../explain/check/build.ts';
import type { CheckView } from '../explain/check/view.ts';
import { PassView } from '../explain/pass-view.ts';
import type { CheckAsked, CheckWorkerStart, FromChecker, ToChecker } from './check-messages.ts';
import { TraceParts } from './trace-parts.ts';

const port = parentPort!;
setTranslations((workerData as CheckWorkerStart).translations);
const send = (message: FromChecker): void => port.postMessage(message);

/** Milliseconds between two words on how far it is: more would only keep the listener busy. */
const often = 50;

function check(id: number, { trace }: TraceParts, { granularity, opened, node }: CheckAsked): CheckView {
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
    send({ type: 'progress', id, progress: value });
  }
}

let told = { id: -1, parts: new TraceParts() };

port.on('message', (message: ToChecker) => {
  const { id } = message;
  if (told.id !== id) told = { id, parts: new TraceParts() };
  if (message.type === 'part') return told.parts.add(message.part);
  try {
    send({ type: 'checked', id, view: check(id, told.parts, message.asked) });
  } catch (error) {
    send({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) });
  }
});
