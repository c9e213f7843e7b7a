import { ops } from '../../ops/index.ts';

/** What the stream calls an op. */
export const opNumbers: ReadonlyMap<string, number> = new Map(Object.keys(ops).map((name, i) => [name, i]));
