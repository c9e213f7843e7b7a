import type { TypedArray } from '../tensor/dtype.ts';
import { type EncodedArray, decodeArray, encodeArray } from './encode.ts';
import type { Trace } from './format.ts';
import { checkTrace } from './check.ts';

/** A file is no trace, or one of a version that this program does not know. */
export class TraceFormatError extends Error {
  override readonly name = 'TraceFormatError';
}

/** What JSON has no word for is an object with one key that begins with `$`. */
type Tagged =
  | { readonly $array: EncodedArray }
  | { readonly $map: readonly (readonly [unknown, unknown])[] }
  | { readonly $number: string };

/** A trace as JSON. Typed arrays keep their bytes; `parseTrace` gives back an equal trace. */
export const writeTrace = (trace: Trace): string => JSON.stringify(encode(trace));

/** @throws TraceFormatError for what is no trace of this version. */
export function parseTrace(text: string): Trace {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    throw new TraceFormatError('This is not JSON.');
  }
  const trace = decode(plain);
  const complaint = checkTrace(trace);
  if (complaint !== null) throw new TraceFormatError(complaint);
  return trace as Trace;
}

function encode(value: unknown): unknown {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { $number: Object.is(value, -0) ? '-0' : String(value) } satisfies Tagged;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return { $array: encodeArray(value as TypedArray) } satisfies Tagged;
  if (value instanceof Map)
    return { $map: [...value].map(([key, entry]) => [key as unknown, encode(entry)]) } satisfies Tagged;
  if (Array.isArray(value)) return value.map(encode);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encode(entry)]));
}

function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  const { $array, $map, $number } = value as Partial<Record<string, unknown>>;
  if ($number !== undefined) return numberOf($number);
  if ($array !== undefined) return arrayOf($array);
  if ($map !== undefined) return mapOf($map);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, decode(entry)]));
}

const unusual: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

function numberOf(text: unknown): number {
  if (typeof text !== 'string' || !Object.hasOwn(unusual, text)) throw new TraceFormatError('A number is malformed.');
  return unusual[text]!;
}

function arrayOf(encoded: unknown): TypedArray {
  const { dtype, base64 } = Object(encoded) as Partial<Record<string, unknown>>;
  const array = typeof dtype === 'string' && typeof base64 === 'string' ? decodeArray(dtype, base64) : null;
  if (array === null) throw new TraceFormatError('An array is malformed.');
  return array;
}

function mapOf(entries: unknown): Map<unknown, unknown> {
  if (!Array.isArray(entries) || !entries.every((entry) => Array.isArray(entry) && entry.length === 2)) {
    throw new TraceFormatError('A map is malformed.');
  }
  return new Map((entries as [unknown, unknown][]).map(([key, entry]) => [key, decode(entry)]));
}
