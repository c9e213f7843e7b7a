import { misused } from '../../autograd/misuse.ts';
import { t } from '../../base/l10n.ts';
import { camelCase, nearest } from '../../base/nearest.ts';
import * as library from '../../library.ts';
import { elsewhere } from './elsewhere.ts';

/** What `import { … } from 'retrograd'` can ask for. */
export const exported: ReadonlySet<string> = new Set(Object.keys(library));

/** What stands after `nn.` and the like. */
const groups: Readonly<Record<string, ReadonlySet<string>>> = {
  nn: new Set(Object.keys(library.nn)),
  optim: new Set(Object.keys(library.optim)),
  init: new Set(Object.keys(library.nn.init)),
};

/** Methods and fields of tensors. */
const ofTensors: readonly string[] = Object.getOwnPropertyNames(library.Tensor.prototype).filter(
  (name) => !misused.has(name),
);
/** Fields, which other libraries have as methods. */
const fields: ReadonlySet<string> = new Set([
  ...Object.keys(new library.Tensor({}, { shape: [], dtype: 'float32', requiresGrad: false })),
  ...ofTensors.filter((name) => 'get' in (Object.getOwnPropertyDescriptor(library.Tensor.prototype, name) ?? {})),
]);

/** What can be called with a point before it: methods of tensors and modules, and what the library and its parts offer. */
const members: ReadonlySet<string> = new Set([
  ...ofTensors.filter((name) => !fields.has(name)),
  ...Object.getOwnPropertyNames(library.nn.Module.prototype),
  ...exported,
  'forward',
]);

/** ` Did you mean …?` with the spelling of this library, or nothing. */
export function suggestionFor(name: string, known: ReadonlySet<string>): string {
  const there = calledHere(name);
  if (there !== null) return ` ${t('Here it is {0}.', there)}`;
  const inPlace = name.length > 1 && name.endsWith('_');
  const spelt = camelCase(name.replace(/_+$/, ''));
  const found = known.has(spelt) ? spelt : (grouped(spelt) ?? nearest(spelt, known));
  if (found === null) return '';
  const meant = ` ${t("Did you mean '{0}'?", found)}`;
  // What fills a parameter anew does change it.
  return inPlace && !found.startsWith('nn.init.')
    ? `${meant} ${t('Tensors do not change: it returns a new one.')}`
    : meant;
}

/** What other libraries' name is here, be it written as in Python or not; null where nothing is known of it. */
function calledHere(name: string): string | null {
  const others = elsewhere();
  if (Object.hasOwn(others, name)) return others[name]!;
  const key = Object.keys(others).find((other) => camelCase(other) === name);
  return key === undefined ? null : others[key]!;
}

const groupName = (group: string, name: string): string => (group === 'init' ? `nn.init.${name}` : `${group}.${name}`);

/** A name that one of the library's parts has, exactly. */
function grouped(name: string): string | null {
  const group = Object.keys(groups).find((one) => groups[one]!.has(name));
  return group === undefined ? null : groupName(group, name);
}

/** Members of arrays, texts and numbers, which model code calls as well. */
const ordinary: ReadonlySet<string> = new Set(
  [
    Array.prototype,
    String.prototype,
    Number.prototype,
    Map.prototype,
    Set.prototype,
    Function.prototype,
    Object.prototype,
  ]
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
    .concat(Object.getOwnPropertyNames(Math), Object.getOwnPropertyNames(Object), Object.getOwnPropertyNames(Array)),
);

/** `.name(`, and what stands before the point where that is one of the library's parts (`(nn as any)` too). */
const call = /(?:\b(nn|optim|init)\b(?:\s+as\s+\w+\s*\))?)?\s*\.\s*([A-Za-z_$][\w$]*)\s*(?:<[^()]*>)?\(/g;

/**
 * Which call of a text failed because there is no such method, as well as can be said from its spelling: engines say only that
 * something is not a function.
 */
export function unknownMethodIn(text: string): string | null {
  const unknown = Array.from(text.matchAll(call), ([, group, name]) => ({
    name: name!,
    group: group === undefined ? null : groups[group]!,
    prefix: group === undefined ? '' : groupName(group, ''),
  })).filter(({ name, group }) =>
    group ? !group.has(name) : fields.has(name) || !(members.has(name) || ordinary.has(name)),
  );
  const last = unknown.at(-1);
  if (!last) return functionAsMethodIn(text) ?? moduleCalled(text) ?? ofNoTensor(text);
  const { name, group, prefix } = last;
  // `this.hidden(x)`: more likely a module than a method that there is not.
  if (
    group === null &&
    calledHere(name) === null &&
    new RegExp(`^this\\.${name.replaceAll('$', '\\$')}\\s*\\(`).test(text)
  )
    return moduleCalled(text);
  if (group === null && fields.has(name)) {
    const bare = t("'{0}' is no method: write it without parentheses.", name);
    return name === 'size' ? `${bare} ${t('The size of a dimension is {0}.', 'x.shape[0]')}` : bare;
  }
  const missing = t("There is no '{0}'.", prefix + name);
  const near = group && calledHere(name) === null ? nearestIn(group, name) : null;
  return missing + (near === null ? suggestionFor(name, members) : ` ${t("Did you mean '{0}'?", prefix + near)}`);
}

/** `x.where(…)`: what the library has as a function alone. Of the library itself it could have been called. */
function functionAsMethodIn(text: string): string | null {
  const name = Array.from(text.matchAll(call), ([, , called]) => called!)
    .filter((one) => exported.has(one) && !ofTensors.includes(one) && !ordinary.has(one))
    .at(-1);
  return name === undefined ? null : t("'{0}' is no method of a tensor, but a function: {0}(…).", name);
}

/** A method that there is, or that arrays have: what stands before the point is none of what has it. */
function ofNoTensor(text: string): string | null {
  const name = Array.from(text.matchAll(call), ([, , called]) => called!).at(-1);
  if (name === undefined) return null;
  if (!ofTensors.includes(name)) {
    const there = ordinary.has(name) ? calledHere(name) : null;
    return there === null ? null : t("Of a tensor, '{0}' is here {1}.", name, there);
  }
  return t("What stands before '.{0}(' is no tensor.", name);
}

function nearestIn(group: ReadonlySet<string>, name: string): string | null {
  const spelt = camelCase(name.replace(/_+$/, ''));
  return group.has(spelt) ? spelt : nearest(spelt, group);
}

/** `net(x)`, `this.layer(x)` and `new nn.Linear(2, 3)(x)`: modules are no functions here. */
function moduleCalled(text: string): string | null {
  const [, callee] = /^((?:this\.)?[\w$]+(?:\[[^\]]*\])?)\s*\(/.exec(text) ?? [];
  if (callee === undefined) return /^\(?\s*new\s/.test(text) ? t('A module is called by its forward method.') : null;
  return t('If {0} is a module, call {0}.forward(…).', callee);
}

/** What stood before `.name` where that was nothing: a part that only other libraries have, or a gradient before there is one. */
export function missingOwnerIn(text: string, name: string): string | null {
  const owners = Array.from(text.matchAll(/([A-Za-z_$][\w$]*)\s*\)?\s*[.!?]+\s*(?=([A-Za-z_$][\w$]*))/g), (found) => ({
    owner: found[1]!,
    property: found[2]!,
  }));
  const owner = owners.find(({ property }) => property === name)?.owner;
  if (owner === 'grad') return t('grad is null until backward() has run, and where nothing leads to the loss.');
  if (owner === undefined || !Object.hasOwn(elsewhere(), owner)) return null;
  return t("There is no '{0}'.", owner) + suggestionFor(owner, members);
}
