import type { Place } from './problems.ts';

/** What is loaded once per worker and used by every run. */
export interface Engine {
  /** The compiled WebAssembly module of QuickJS. */
  readonly wasm: object;
  readonly bytecode: Uint8Array;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
  /** Told where the program is, now and then. */
  readonly seen: (place: Place) => void;
}
