import type { JSValueHandle } from 'quickjs-wasi';
import { RunStopped } from './limits.ts';

/*
 * What crosses the wall. A guest object passed where a number is expected would run its `valueOf`: the type is checked before the
 * value is read.
 */

/** @throws RunStopped for what is no number, as the two below for what is no text and no bytes */
export function whole(handle: JSValueHandle | undefined): number {
  if (!handle?.isNumber) throw new RunStopped('internal', 'Expected a number.');
  return handle.toNumber();
}

export function string(handle: JSValueHandle | undefined): string {
  if (!handle?.isString) throw new RunStopped('internal', 'Expected a text.');
  return handle.toString();
}

export function bytes(handle: JSValueHandle | undefined): ArrayBuffer {
  if (!handle?.isArrayBuffer) throw new RunStopped('internal', 'Expected bytes.');
  return handle.toArrayBuffer();
}

/** Reading what was thrown may run the guest's getters, which may throw themselves. */
export function safely(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** Errors of the host reach the guest as plain texts: an Error object would carry paths of this machine in its stack. */
export function withTexts<Result>(body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    const plain = new Error(error instanceof Error ? error.message : String(error));
    plain.stack = '';
    throw plain;
  }
}
