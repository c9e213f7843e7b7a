let recording = true;

/** Whether ops are recorded for a backward pass. */
export const isRecording = (): boolean => recording;

/** Runs a function without recording: what it makes needs no gradient. Nests; restored when the function throws. */
export function noGrad<Result>(body: () => Result): Result {
  const before = recording;
  recording = false;
  try {
    return body();
  } finally {
    recording = before;
  }
}
