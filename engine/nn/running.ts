import type { Tensor } from '../autograd/tensor.ts';
import { runtime } from '../tensor/current-runtime.ts';
import type { Module } from './module.ts';

/** The modules whose `forward` is running, outermost first. */
const running: Module[] = [];
/** What modules are called: the path below the module in which they first ran, and for that one its class. */
const names = new WeakMap<Module, string>();
const named = new WeakSet<Tensor>();

/** Runs a module's forward pass as a scope of the graph. */
export function inModule<Result>(module: Module, body: () => Result): Result {
  if (!names.has(module)) {
    if (running[0]) nameParts(running[0]);
    // Found through no field of the outermost module, or itself the outermost.
    if (!names.has(module)) nameParts(module);
  }
  const token = runtime().enterScope('module', nameWithin(running.at(-1), module));
  running.push(module);
  try {
    return body();
  } finally {
    running.pop();
    runtime().leaveScope(token);
  }
}

/** Gives names to a module, to those below it, and to all their parameters, where they have none. */
function nameParts(root: Module): void {
  const kind = root.constructor.name;
  for (const [path, module] of root.namedModules()) if (!names.has(module)) names.set(module, path || kind);
  for (const [path, parameter] of root.namedParameters()) {
    if (named.has(parameter)) continue;
    named.add(parameter);
    // `weight` alone says too little.
    runtime().name(parameter.handle, path.includes('.') ? path : `${kind}.${path}`);
  }
}

/** What a module was called last, and inside which: mostly it is the same again. */
const within = new WeakMap<Module, { readonly outer: Module | undefined; readonly name: string }>();

/** `encoder.linear` is `linear` inside `encoder`. */
function nameWithin(outer: Module | undefined, module: Module): string {
  const last = within.get(module);
  if (last && last.outer === outer) return last.name;
  const name = shortened(outer, names.get(module)!);
  within.set(module, { outer, name });
  return name;
}

function shortened(outer: Module | undefined, name: string): string {
  const prefix = outer ? `${names.get(outer)!}.` : '';
  return prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
