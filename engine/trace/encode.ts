import type { DType, TypedArray } from '../tensor/dtype.ts';

/** A typed array as JSON can hold it: its bytes, so that NaN, ±∞ and −0 are the same afterwards. Little-endian. */
export interface EncodedArray {
  readonly dtype: DType;
  readonly base64: string;
}

const makers = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array } as const;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(Array.from(alphabet, (character, i) => [character, i]));

export function encodeArray(data: TypedArray): EncodedArray {
  const dtype = (Object.keys(makers) as DType[]).find((name) => data instanceof makers[name])!;
  return { dtype, base64: toBase64(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) };
}

/** Null when the text is no array of this dtype. */
export function decodeArray(dtype: string, base64: string): TypedArray | null {
  if (!Object.hasOwn(makers, dtype)) return null;
  const maker = makers[dtype as DType];
  const bytes = fromBase64(base64);
  return bytes === null || bytes.length % maker.BYTES_PER_ELEMENT !== 0 ? null : new maker(bytes.buffer);
}

// `btoa` takes texts of bytes and `Buffer` is Node's: this runs in both.
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const triple = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += alphabet[triple >> 18]! + alphabet[(triple >> 12) & 63]!;
    text += (b === undefined ? '=' : alphabet[(triple >> 6) & 63]!) + (c === undefined ? '=' : alphabet[triple & 63]!);
  }
  return text;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => values.get(text[i + k]!) ?? 0) as [number, number, number, number];
    const triple = (a << 18) | (b << 12) | (c << 6) | d;
    for (const byte of [triple >> 16, (triple >> 8) & 255, triple & 255]) if (at < bytes.length) bytes[at++] = byte;
  }
  return bytes;
}
