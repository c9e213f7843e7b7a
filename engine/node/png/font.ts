/** A font of the user's, for signs that the shipped one does not have. */
export interface Font {
  readonly bytes: Uint8Array;
  readonly signs: Signs;
}

/** Whether a font has a glyph for a code point. */
export type Signs = (codePoint: number) => boolean;

/**
 * Which signs a TrueType or OpenType font has, by its `cmap` table; of a collection, its first font.
 * Source of the layout: the OpenType specification, "cmap — Character To Glyph Index Mapping Table", formats 4 and 12.
 *
 * @throws RangeError where the bytes are no such font
 */
export function signsOf(bytes: Uint8Array): Signs {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  const start = tag(0) === 'ttcf' ? view.getUint32(12) : 0;
  const tables = Array.from({ length: view.getUint16(start + 4) }, (_, i) => start + 12 + 16 * i);
  const cmap = tables.find((at) => tag(at) === 'cmap');
  if (cmap === undefined) throw new RangeError('There is no cmap table.');
  const from = view.getUint32(cmap + 8);
  const mappings = Array.from(
    { length: view.getUint16(from + 2) },
    (_, i) => from + view.getUint32(from + 8 + 8 * i),
  ).flatMap((at) => {
    const format = view.getUint16(at);
    return format === 4 ? [segments(view, at)] : format === 12 ? [groups(view, at)] : [];
  });
  return (codePoint) => mappings.some((has) => has(codePoint));
}

/** Format 4: segments of the Basic Multilingual Plane, as four columns after one another. */
function segments(view: DataView, at: number): Signs {
  const columns = view.getUint16(at + 6);
  const ends = at + 14;
  const starts = ends + columns + 2;
  const deltas = starts + columns;
  const offsets = deltas + columns;
  const found = Array.from({ length: columns / 2 }, (_, i) => ({
    end: view.getUint16(ends + 2 * i),
    start: view.getUint16(starts + 2 * i),
    delta: view.getUint16(deltas + 2 * i),
    offset: view.getUint16(offsets + 2 * i),
    /** Offsets count from where they themselves stand. */
    place: offsets + 2 * i,
  }));
  return (code) => {
    const segment = found.find(({ end }) => code <= end);
    if (!segment || code < segment.start) return false;
    const { start, delta, offset, place } = segment;
    if (offset === 0) return ((code + delta) & 0xffff) !== 0;
    return view.getUint16(place + offset + 2 * (code - start)) !== 0;
  };
}

/** Format 12: groups of all planes. */
function groups(view: DataView, at: number): Signs {
  const found = Array.from({ length: view.getUint32(at + 12) }, (_, i) => {
    const group = at + 16 + 12 * i;
    return { start: view.getUint32(group), end: view.getUint32(group + 4) };
  });
  return (code) => found.some(({ start, end }) => start <= code && code <= end);
}
