import type { Attribute, Attributes } from '../../tensor/runtime.ts';
import { RunStopped } from './limits.ts';

/** Reads what the guest wrote as JSON. @throws RunStopped when it is none */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RunStopped('internal', 'The guest sent what is not JSON.');
  }
}

/** Numbers, texts, truths and lists of numbers by name, and nothing else. @throws RunStopped */
export function attributesOf(value: unknown): Attributes {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.values(value).every(isAttribute)) {
    throw new RunStopped('internal', 'Attributes are malformed.');
  }
  return Object.fromEntries(
    Object.entries(value as Attributes).map(([name, item]) => [name, Array.isArray(item) ? item : revived(item)]),
  );
}

/** What the guest wrote for numbers that JSON has no word for. */
const notFinite: Readonly<Record<string, number>> = { Infinity, '-Infinity': -Infinity, NaN };
const revived = (item: Attribute): Attribute =>
  typeof item === 'string' && Object.hasOwn(notFinite, item) ? notFinite[item]! : item;

/** They are words that choose something. */
const longestText = 200;

const isAttribute = (value: unknown): boolean =>
  isPlain(value) || (Array.isArray(value) && value.every((item) => typeof item === 'number'));
const isPlain = (value: unknown): boolean =>
  value === null ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.length <= longestText);
