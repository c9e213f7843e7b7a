import { ArgumentError, describeValue } from '../tensor/errors.ts';

/** Whether ops are recorded for a backward pass. To be read where a call is too dear; `isRecording()` is the same. */
export let recording = true;

/** Whether ops are recorded for a backward pass. */
export const isRecording = (): boolean => recording;

/** Runs a function without recording: what it makes needs no gradient. Nests; restored when the function throws. */
export const noGrad = <Result>(body: () => Result): Result => recordingIs(false, body);

/** Runs a function with recording, also inside `noGrad`. */
export const enableGrad = <Result>(body: () => Result): Result => recordingIs(true, body);

function recordingIs<Result>(on: boolean, body: () => Result): Result {
  if (typeof body !== 'function')
    throw new ArgumentError(`${on ? 'enableGrad' : 'noGrad'}: takes a function, () => …, not ${describeValue(body)}.`);
  const before = recording;
  recording = on;
  try {
    return body();
  } finally {
    recording = before;
  }
}
