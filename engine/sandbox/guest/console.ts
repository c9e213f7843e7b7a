import { type HostFunctions, longestLogLine } from '../stream.ts';

function show(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    const described: { toString: () => string } = value;
    if (described.toString !== Object.prototype.toString && !Array.isArray(value)) return described.toString();
    return JSON.stringify(value) ?? Object.prototype.toString.call(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** `console` for model code. Lines go to the host with the stack, which knows the place of the call. */
export function consoleFor(
  host: HostFunctions,
): Record<'log' | 'info' | 'debug' | 'warn' | 'error', (...values: unknown[]) => void> {
  const at =
    (level: string) =>
    (...values: unknown[]): void =>
      host.log(level, values.map(show).join(' ').slice(0, longestLogLine), new Error('log').stack ?? '');
  return { log: at('log'), info: at('log'), debug: at('log'), warn: at('warn'), error: at('error') };
}
