import type { Attributes } from '../../tensor/runtime.ts';
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
  return value as Attributes;
}

const isAttribute = (value: unknown): boolean =>
  isPlain(value) || (Array.isArray(value) && value.every((item) => typeof item === 'number'));
const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
