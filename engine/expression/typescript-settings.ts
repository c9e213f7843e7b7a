import type { Setting } from './expression.ts';

export type Settings = Readonly<Record<string, Setting>>;

export const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** A setting as it is written in a program. */
export function settingText(value: Setting): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'object' && value !== null) return `[${value.map(numberText).join(', ')}]`;
  return typeof value === 'string' ? `'${value.replace(/[^\w-]/g, '')}'` : String(value);
}

/** Settings that stand in a row, without those that are as usual from the end on. Undefined: there is no usual. */
export const row =
  (...wanted: readonly (readonly [name: string, usual: Setting | undefined])[]) =>
  (settings: Settings): string[] => {
    const values = wanted.map(([name, usual]) => settings[name] ?? usual ?? null);
    while (values.length > 0 && wanted[values.length - 1]![1] === values.at(-1)) values.pop();
    return values.map(settingText);
  };

/** Settings in an object, without those that are as usual. */
export const named =
  (usual: Settings) =>
  (settings: Settings): string[] => {
    const told = Object.entries(usual).flatMap(([name, value]) => {
      const text = settingText(settings[name] ?? value);
      return text === settingText(value) ? [] : [`${name}: ${text}`];
    });
    return told.length === 0 ? [] : [`{ ${told.join(', ')} }`];
  };
