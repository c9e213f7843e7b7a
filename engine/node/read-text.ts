import { readFileSync } from 'node:fs';

/**
 * A file as text. A mark of the byte order, as Windows programs write it, is none of it: editors do not count it as a column, and
 * JSON does not know it.
 */
export const readText = (path: string): string => new TextDecoder().decode(readFileSync(path));
