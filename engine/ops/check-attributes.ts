import { ArgumentError, describeValue } from '../tensor/errors.ts';
import type { Attributes } from '../tensor/runtime.ts';
import type { OpDefinition } from './define.ts';

type Kind = 'number' | 'boolean' | 'string' | 'null' | 'list';

const kinds = new WeakMap<OpDefinition, ReadonlyMap<string, ReadonlySet<Kind>>>();

/**
 * An op's samples show what its options may be; anything else is refused before it becomes NaN somewhere.
 * @throws ArgumentError naming the op and the option.
 */
export function checkAttributes(op: OpDefinition, attributes: Attributes): void {
  let known = kinds.get(op);
  if (!known) kinds.set(op, (known = kindsOf(op)));
  for (const name in attributes) {
    const allowed = known.get(name);
    const kind = kindOf(attributes[name]);
    if (!allowed || (kind !== null && allowed.has(kind))) continue;
    const wanted = [...allowed].map((one) =>
      one === 'list' ? 'a list of numbers' : one === 'null' ? 'null' : `a ${one}`,
    );
    throw new ArgumentError(
      `${op.name}: ${name} must be ${wanted.join(' or ')}, not ${describeValue(attributes[name])}.${byItself(attributes[name])}`,
    );
  }
}

/** What to write for an argument that Python names, and that stands at its place here; empty for anything else. */
export function byItself(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  // Dimensions come before whether they are kept.
  const all = (Object.values(value) as unknown[]).sort(
    (a, b) => Number(typeof a === 'boolean') - Number(typeof b === 'boolean'),
  );
  if (all.length === 0 || !all.every((one) => typeof one === 'number' || typeof one === 'boolean')) return '';
  return all.length === 1
    ? ` It stands by itself: write ${String(all[0])}.`
    : ` They stand by themselves, one after another: ${all.map(String).join(', ')}.`;
}

function kindsOf(op: OpDefinition): ReadonlyMap<string, ReadonlySet<Kind>> {
  const found = new Map<string, Set<Kind>>();
  for (const { attributes = {} } of op.samples) {
    for (const [name, value] of Object.entries(attributes)) {
      const kind = kindOf(value);
      const all = found.get(name) ?? new Set<Kind>();
      if (kind !== null) all.add(kind);
      // Where several dimensions may stand, one may stand alone.
      if (kind === 'list') all.add('number');
      found.set(name, all);
    }
  }
  return found;
}

function kindOf(value: unknown): Kind | null {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? 'list' : null;
  const type = typeof value;
  return type === 'number' || type === 'boolean' || type === 'string' ? type : null;
}
