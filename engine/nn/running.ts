import { runtime } from '../tensor/current-runtime.ts';
import type { Module } from './module.ts';
import { nameModule, nameWithin } from './module-names.ts';

/** The modules whose `forward` is running, outermost first. */
const running: Module[] = [];

/** Runs a module's forward pass as a scope of the graph. */
export function inModule<Result>(module: Module, body: () => Result): Result {
  nameModule(module, running[0]);
  const token = runtime().enterScope('module', nameWithin(running.at(-1), module));
  running.push(module);
  try {
    return body();
  } finally {
    running.pop();
    runtime().leaveScope(token);
  }
}
