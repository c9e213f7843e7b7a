import { MissingContent } from '../replay/recording.ts';

/** Null for what cannot be had: the trace has left out the content of a very large leaf that it is made of. */
export function ifKept<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof MissingContent) return null;
    throw error;
  }
}
