import type { Runtime } from './runtime.ts';

let current: Runtime | null = null;

/** Puts a runtime in force for everything that follows; returns the one before. */
export function useRuntime(runtime: Runtime | null): Runtime | null {
  const before = current;
  current = runtime;
  return before;
}

export function runtime(): Runtime {
  if (current === null) throw new Error('No runtime is in force.');
  return current;
}
