import type { Tensor } from '../autograd/tensor.ts';
import { runtime } from '../tensor/current-runtime.ts';
import type { Module } from './module.ts';

/** What modules are called: the path below the module in which they first ran, and for that one its variable or its class. */
const names = new WeakMap<Module, string>();
const named = new WeakSet<Tensor>();
/** The variables that hold modules, as far as somebody tells of them, and how deep in functions they stand. */
const variables = new WeakMap<Module, { readonly name: string; readonly depth: number }>();
/** The module below which a path was first used as the name of a parameter. */
const users = new Map<string, Module>();

/**
 * A variable holds a module. Of several the outermost names it, and of these the first: what a function calls the layer that it
 * makes says less than what its caller does, and an alias says nothing.
 */
export function holdModule(module: Module, depth: number, name: () => string): void {
  const known = variables.get(module);
  if (names.has(module) || (known && known.depth <= depth)) return;
  variables.set(module, { name: name(), depth });
}

/** Gives a module its name where it has none: below the outermost that is running, or as the outermost itself. */
export function nameModule(module: Module, outermost: Module | undefined): void {
  if (names.has(module)) return;
  if (outermost) nameParts(outermost);
  // Found through no field of the outermost module, or itself the outermost.
  if (!names.has(module)) nameParts(module);
}

/** Gives names to a module, to those below it, and to all their parameters, where they have none. */
function nameParts(root: Module): void {
  const rootName = variables.get(root)?.name ?? root.constructor.name;
  for (const [path, module] of root.namedModules()) if (!names.has(module)) names.set(module, path || rootName);
  for (const [path, parameter] of root.namedParameters()) {
    if (named.has(parameter)) continue;
    named.add(parameter);
    runtime().name(parameter.handle, saysEnough(root, path) ? path : `${rootName}.${path}`);
  }
}

/** `weight` and `0.weight` do not, nor does `hidden.weight` of a second network. */
function saysEnough(root: Module, path: string): boolean {
  if (!path.includes('.')) return false;
  if (!variables.has(root)) return true;
  const user = users.get(path) ?? root;
  users.set(path, user);
  return user === root && !/^\d/.test(path);
}

/** What a module was called last, and inside which: mostly it is the same again. */
const within = new WeakMap<Module, { readonly outer: Module | undefined; readonly name: string }>();

/** `encoder.linear` is `linear` inside `encoder`. */
export function nameWithin(outer: Module | undefined, module: Module): string {
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
