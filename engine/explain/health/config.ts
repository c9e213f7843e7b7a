import { type RuleId, type Severity, ruleIds } from '../../analysis/health/finding.ts';
import { type Thresholds, thresholdNames } from '../../analysis/thresholds.ts';
import { t } from '../../base/l10n.ts';

/** The name of the file that holds a project's own settings for health. */
export const configName = 'retrograd.config.json';

export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** What a project says of health, over the defaults. */
export interface HealthConfig {
  readonly thresholds: Partial<Thresholds>;
  readonly off: readonly RuleId[];
  /** From which severity on `retrograd check` fails; null where the file does not say. */
  readonly failOn: Severity | null;
}

export const noConfig: HealthConfig = { thresholds: {}, off: [], failOn: null };

/** What is wrong in a configuration, and where in its text. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    message: string,
    /** Offset into the text. */
    readonly at: number,
  ) {
    super(message);
  }
}

/**
 * Reads `{ "health": { "thresholds": { … }, "rules": { "dead-relu": "off" }, "failOn": "warning" } }`.
 * @throws ConfigError for what is none: a name that is not known is a mistake, not something to be passed over.
 */
export function parseConfig(text: string): HealthConfig {
  const whole = objectOf(parsed(text), 'retrograd.config.json', text);
  onlyKnown(whole, ['health'], text);
  const health = objectOf(whole['health'] ?? {}, 'health', text);
  onlyKnown(health, ['thresholds', 'rules', 'failOn'], text);
  const thresholds = objectOf(health['thresholds'] ?? {}, 'thresholds', text);
  onlyKnown(thresholds, thresholdNames, text);
  for (const [name, value] of Object.entries(thresholds)) {
    if (typeof value !== 'number' || !(value >= 0))
      throw new ConfigError(t('{0} is a number from 0, not {1}.', name, JSON.stringify(value)), placeOf(name, text));
  }
  const rules = objectOf(health['rules'] ?? {}, 'rules', text);
  onlyKnown(rules, ruleIds, text);
  for (const [name, value] of Object.entries(rules)) {
    if (value !== 'on' && value !== 'off')
      throw new ConfigError(t('{0} is "on" or "off", not {1}.', name, JSON.stringify(value)), placeOf(name, text));
  }
  const { failOn = null } = health;
  if (failOn !== null && !severities.includes(failOn as Severity))
    throw new ConfigError(t('failOn is one of {0}.', severities.join(', ')), placeOf('failOn', text));
  return {
    thresholds,
    off: ruleIds.filter((rule) => rules[rule] === 'off'),
    failOn: failOn as Severity | null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new ConfigError(t('This is not JSON.'), Number(at ?? 0));
  }
}

function objectOf(value: unknown, name: string, text: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ConfigError(t('{0} is an object.', name), placeOf(name, text));
}

function onlyKnown(value: Readonly<Record<string, unknown>>, known: readonly string[], text: string): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name))
      throw new ConfigError(t('{0} is not known; there is {1}.', name, known.join(', ')), placeOf(name, text));
  }
}

const placeOf = (name: string, text: string): number => Math.max(0, text.indexOf(JSON.stringify(name)));
