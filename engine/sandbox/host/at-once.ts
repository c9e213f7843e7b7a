import { t } from '../../base/l10n.ts';
import { oneHot } from '../../tensor/kernels/indexing.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { dtypes } from '../stream.ts';
import { RunStopped } from './limits.ts';
import type { Replay } from './replay.ts';
import { StreamReader } from './stream-reader.ts';

/*
 * What the guest asks for and waits: its code goes one way or another by the answer. All it has written down before has been
 * replayed by then.
 */

/** Makes the mask of the elements that are meant by the numbers of classes; false where one of them is no class. */
export function answerOneHot({ tape, recorder }: Replay, question: ArrayBuffer): boolean {
  const [tensor = -1, dim = -1, ...shape] = new Int32Array(question);
  const classes = tape.tensor(tensor).data;
  const size = sizeOf(shape);
  if (!(dim >= 0 && dim < shape.length) || shape.some((of) => of < 0) || size !== classes.length * shape[dim]!)
    throw new RunStopped('internal', 'Classes do not fit their scores.');
  if (size * Float64Array.BYTES_PER_ELEMENT > tape.limits.tensorBytes)
    throw new RunStopped('too-large', t('A tensor is over the limit of memory.'));
  const content = oneHot(classes, shape, dim);
  if (content === null) return false;
  recorder.add('constant', 'constant', [], {}, tape.leaf('constant', dtypes.indexOf('bool'), false, content, shape));
  return true;
}

/** What a differentiable gradient is made of belongs to the trace: it can be explained like all else. */
export function answerDifferentiate({ tape, recorder, work }: Replay, question: ArrayBuffer): ArrayBuffer {
  const reader = new StreamReader(new Int32Array(question));
  const output = tape.tensor(reader.next());
  const start = reader.next();
  const createGraph = reader.next() === 1;
  const numbers = reader.rest();
  if (numbers.length > tape.count) throw new RunStopped('internal', 'There are not as many tensors.');
  const wrt = numbers.map((number) => tape.tensor(number));
  const answers = tape.differentiate(output, start < 0 ? null : tape.tensor(start), wrt, createGraph, (made) => {
    work.done(made.output.shape);
    recorder.add(made.op, 'op', made.inputs, made.attributes, made.output);
  });
  return Uint8Array.from(answers).buffer;
}
