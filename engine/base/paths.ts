/** Paths with forward slashes, as programs import by them, wherever this runs: what `node:path` has under `posix`. */

/** `.` and `..` worked out, no slash doubled; a slash at the end stays. */
export function normalized(path: string): string {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push(part);
  }
  const way = parts.join('/');
  if (way === '') return isAbsolute ? '/' : path.endsWith('/') ? './' : '.';
  return `${isAbsolute ? '/' : ''}${way}${path.endsWith('/') ? '/' : ''}`;
}

export const joined = (...parts: readonly string[]): string =>
  normalized(parts.filter((part) => part !== '').join('/'));

/** `.` for a file without one. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** With its dot; empty for a name without one, or with none but the first character's. */
export function extensionOf(path: string): string {
  const name = nameOf(path);
  const at = name.lastIndexOf('.');
  return at <= 0 || name === '..' ? '' : name.slice(at);
}
