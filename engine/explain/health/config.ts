import { type RuleId, type Severity, ruleIds } from '../../analysis/health/finding.ts';
import { type Thresholds, defaultThresholds, thresholdNames } from '../../analysis/thresholds.ts';
import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import type { Examination } from './findings.ts';

/** The name of the file that holds a project's own settings for health. */
export const configName = 'retrograd.config.json';

export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** What a project says of health, over the settings of an editor and the defaults. */
export interface HealthConfig {
  readonly thresholds: Partial<Thresholds>;
  readonly off: readonly RuleId[];
  /** Rules that are looked for whatever the editor's settings say. */
  readonly on: readonly RuleId[];
  /** From which severity on `retrograd check` fails; null where the file does not say. */
  readonly failOn: Severity | null;
}

export const noConfig: HealthConfig = { thresholds: {}, off: [], on: [], failOn: null };

/** What is wrong in a configuration. */
export interface ConfigProblem {
  readonly message: string;
  /** Offset into the text of the name that is meant, or of where the text is no JSON. */
  readonly at: number;
  readonly length: number;
}

export interface ReadConfig {
  /** What is right of it. */
  readonly config: HealthConfig;
  readonly problems: readonly ConfigProblem[];
}

/** Where the configuration of a file may be, the nearest first: in its folder and those round it, inside its workspace. */
export function configPaths(entry: ModulePath): string[] {
  const folders = entry.split('/').slice(0, -1);
  return Array.from({ length: folders.length + 1 }, (_, up) =>
    [...folders.slice(0, folders.length - up), configName].join('/'),
  );
}

/** What is looked for: the project's word comes before that of the settings. */
export function examinationOf(config: HealthConfig, settings: Examination = {}): Examination {
  const off = new Set([...(settings.off ?? []), ...config.off]);
  for (const rule of config.on) off.delete(rule);
  return { ...settings, thresholds: { ...defaultThresholds, ...settings.thresholds, ...config.thresholds }, off };
}

/**
 * Reads `{ "health": { "thresholds": { … }, "rules": { "dead-relu": "off" }, "failOn": "warning" } }`. A name that is not known
 * is a mistake, not something to be passed over; what is wrong is left out of the configuration.
 */
export function readConfig(text: string): ReadConfig {
  const reader = new Reader(text);
  const whole = reader.whole();
  const config = whole === null ? noConfig : healthOf(reader, whole);
  return { config, problems: reader.problems };
}

type Entries = Readonly<Record<string, unknown>>;

function healthOf(reader: Reader, whole: Entries): HealthConfig {
  reader.known(whole, [], ['health']);
  const health = reader.entries(whole, ['health']);
  reader.known(health, ['health'], ['thresholds', 'rules', 'failOn']);
  const bounds = reader.entries(health, ['health', 'thresholds']);
  const rules = reader.entries(health, ['health', 'rules']);
  const thresholds = thresholdNames.flatMap((name): [string, number][] => {
    const value = bounds[name];
    if (value === undefined) return [];
    if (typeof value === 'number' && value >= 0) return [[name, value]];
    reader.wrong(t('{0} is a number from 0, not {1}.', name, JSON.stringify(value)), ['health', 'thresholds', name]);
    return [];
  });
  reader.known(bounds, ['health', 'thresholds'], thresholdNames);
  reader.known(rules, ['health', 'rules'], ruleIds);
  for (const rule of ruleIds) {
    const value = rules[rule];
    if (value !== undefined && value !== 'on' && value !== 'off')
      reader.wrong(t('{0} is "on" or "off", not {1}.', rule, JSON.stringify(value)), ['health', 'rules', rule]);
  }
  const failOn = severities.find((severity) => severity === health['failOn']) ?? null;
  if (failOn === null && health['failOn'] !== undefined)
    reader.wrong(t('failOn is one of {0}.', severities.join(', ')), ['health', 'failOn']);
  return {
    thresholds: Object.fromEntries(thresholds),
    off: ruleIds.filter((rule) => rules[rule] === 'off'),
    on: ruleIds.filter((rule) => rules[rule] === 'on'),
    failOn,
  };
}

/** Parts of a configuration, and what is wrong with them. */
class Reader {
  readonly #text: string;
  readonly #problems: ConfigProblem[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  get problems(): readonly ConfigProblem[] {
    return [...this.#problems].sort((a, b) => a.at - b.at);
  }

  whole(): Entries | null {
    let value: unknown;
    try {
      value = JSON.parse(this.#text);
    } catch (error) {
      const told = /position (\d+)/.exec((error as Error).message)?.[1];
      // Where an engine names no position, the text ends too early.
      const at = Math.min(told === undefined ? this.#text.trimEnd().length - 1 : Number(told), this.#text.length - 1);
      this.#problems.push({ message: t('This is not JSON.'), at: Math.max(0, at), length: 1 });
      return null;
    }
    if (isEntries(value)) return value;
    this.wrong(t('{0} is an object.', configName), []);
    return null;
  }

  /** The object of a name; empty where it is left out, and where it is none, which is told. */
  entries(owner: Entries, path: readonly string[]): Entries {
    const name = path.at(-1)!;
    const value = owner[name] ?? {};
    if (isEntries(value)) return value;
    this.wrong(t('{0} is an object.', name), path);
    return {};
  }

  known(value: Entries, path: readonly string[], names: readonly string[]): void {
    for (const name of Object.keys(value)) {
      if (names.includes(name)) continue;
      const meant = nearest(name, names);
      this.wrong(
        meant === null
          ? t('{0} is not known; there is {1}.', name, names.join(', '))
          : t("{0} is not known. Did you mean '{1}'?", name, meant),
        [...path, name],
      );
    }
  }

  /** At the last name of a path; each name is looked for behind the one that holds it. */
  wrong(message: string, path: readonly string[]): void {
    let [at, length] = [Math.max(0, this.#text.search(/\S/)), 1];
    for (const name of path) {
      const key = JSON.stringify(name);
      const found = new RegExp(`${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:`).exec(this.#text.slice(at));
      if (!found) break;
      [at, length] = [at + found.index, key.length];
    }
    this.#problems.push({ message, at, length });
  }
}

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
