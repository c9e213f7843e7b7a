import type { ModulePath } from '../../../engine/base/brand.ts';
import type { Trace } from '../../../engine/trace/format.ts';

/** A trace that is told from others by what it says it was read from: the text of each file, the entry first. */
export const emptyTrace = (texts: Readonly<Record<string, string>>): Trace => ({
  format: 'retrograd-trace/1',
  entry: Object.keys(texts)[0] as ModulePath,
  files: Object.entries(texts).map(([path, text]) => ({ path: path as ModulePath, text })),
  sites: new Map(),
  scopes: [],
  nodes: [],
  passes: [],
  log: [],
  problems: [],
});
