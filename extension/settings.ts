import { type RuleId, ruleIds } from '../engine/analysis/health/finding.ts';
import { type Thresholds, defaultThresholds, thresholdNames } from '../engine/analysis/thresholds.ts';
import type { Granularity } from '../engine/explain/view.ts';
import type { Budget } from '../engine/protocol/worker.ts';
import { defaultBudget } from '../engine/protocol/worker.ts';
import { settingIds, type SettingName } from './contributions.ts';

const mebibyte = 2 ** 20;

/** The settings as package.json declares them; a test holds the two together. Memory is in MiB, times in milliseconds. */
export const defaults = {
  softDeadline: defaultBudget.softDeadline,
  hardDeadline: defaultBudget.hardDeadline,
  guestMemory: defaultBudget.guestBytes / mebibyte,
  tensorMemory: defaultBudget.tensorBytes / mebibyte,
  maxNodes: defaultBudget.nodes,
  maxLogLines: defaultBudget.logLines,
  /** Short: it only has to gather the keystrokes of one paste or completion. A newer edit replaces a run anyway. */
  delay: 20,
  granularity: 'named' as Granularity,
  codeLens: true,
  hover: true,
  inlayHints: true,
  health: true,
  healthRulesOff: [] as readonly RuleId[],
  healthThresholds: {} as Partial<Thresholds>,
} satisfies Record<SettingName, unknown>;

/** Smallest accepted number. Settings are typed by hand, and VS Code hands over what the file says. */
export const minimums = {
  softDeadline: 50,
  hardDeadline: 100,
  guestMemory: 8,
  tensorMemory: 1,
  maxNodes: 100,
  maxLogLines: 0,
  delay: 0,
} satisfies Partial<Record<SettingName, number>>;

/** Looks a full setting id up. */
export type Configuration = (id: string) => unknown;

/** Typed reading of the settings. Values of a wrong type count as absent; numbers too small are raised to the least that works. */
export class Settings {
  readonly #configuration: Configuration;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  #number(name: keyof typeof minimums): number {
    const value = this.#configuration(settingIds[name]);
    return typeof value === 'number' && Number.isFinite(value) ? Math.max(value, minimums[name]) : defaults[name];
  }

  enabled(name: 'codeLens' | 'hover' | 'inlayHints' | 'health'): boolean {
    const value = this.#configuration(settingIds[name]);
    return typeof value === 'boolean' ? value : defaults[name];
  }

  /** What of health is looked for. Names that are none, and bounds that are no numbers, count as absent. */
  get health(): { readonly thresholds: Thresholds; readonly off: ReadonlySet<RuleId> } {
    const off = this.#configuration(settingIds.healthRulesOff);
    const bounds = this.#configuration(settingIds.healthThresholds);
    const given = typeof bounds === 'object' && bounds !== null ? (bounds as Readonly<Record<string, unknown>>) : {};
    const isBound = (name: keyof Thresholds): boolean => typeof given[name] === 'number' && Number(given[name]) >= 0;
    const own = thresholdNames.filter(isBound).map((name) => [name, given[name]]);
    return {
      thresholds: { ...defaultThresholds, ...(Object.fromEntries(own) as Partial<Thresholds>) },
      off: new Set(ruleIds.filter((rule) => Array.isArray(off) && off.includes(rule))),
    };
  }

  get delay(): number {
    return this.#number('delay');
  }

  get granularity(): Granularity {
    const value = this.#configuration(settingIds.granularity);
    return value === 'named' || value === 'op' ? value : defaults.granularity;
  }

  get budget(): Budget {
    const softDeadline = this.#number('softDeadline');
    return {
      softDeadline,
      // The hard deadline is the net under the soft one; the other way round no run would ever end with a reason.
      hardDeadline: Math.max(this.#number('hardDeadline'), softDeadline + 100),
      guestBytes: this.#number('guestMemory') * mebibyte,
      tensorBytes: this.#number('tensorMemory') * mebibyte,
      nodes: this.#number('maxNodes'),
      logLines: this.#number('maxLogLines'),
    };
  }
}
