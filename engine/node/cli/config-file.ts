import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { defaultThresholds } from '../../analysis/thresholds.ts';
import { LineTable, type Offset } from '../../base/span.ts';
import { ConfigError, type HealthConfig, configName, noConfig, parseConfig } from '../../explain/health/config.ts';
import type { Examination } from '../../explain/health/findings.ts';
import { WrongUse } from './outcome.ts';
import type { ModelFile } from './run-file.ts';

/** The nearest configuration from a file's folder upwards, inside its workspace. @throws WrongUse with its place for a bad one */
export function configFor({ root, entry }: ModelFile): HealthConfig {
  for (let folder = dirname(join(root, entry)); ; folder = dirname(folder)) {
    const path = join(folder, configName);
    if (existsSync(path)) return read(path, root);
    if (folder === root || folder === dirname(folder)) return noConfig;
  }
}

/** What of health is looked for in a file: by its configuration, over the defaults. */
export function examinationFor(file: ModelFile): Examination {
  const { thresholds, off } = configFor(file);
  return { thresholds: { ...defaultThresholds, ...thresholds }, off: new Set(off) };
}

function read(path: string, root: string): HealthConfig {
  const text = readFileSync(path, 'utf8');
  try {
    return parseConfig(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { line, column } = new LineTable(text).positionAt(error.at as Offset);
    throw new WrongUse(`${relative(root, path)}:${line}:${column}: ${error.message}`);
  }
}
