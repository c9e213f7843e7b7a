import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LineTable, type Offset } from '../../base/span.ts';
import { type HealthConfig, configPaths, examinationOf, noConfig, readConfig } from '../../explain/health/config.ts';
import type { Examination } from '../../explain/health/findings.ts';
import { readText } from '../read-text.ts';
import { WrongUse } from './outcome.ts';
import type { ModelFile } from './run-file.ts';

/** The nearest configuration from a file's folder upwards, inside its workspace. @throws WrongUse with its place for a bad one */
export function configFor({ root, entry }: ModelFile): HealthConfig {
  const path = configPaths(entry).find((one) => existsSync(join(root, one)));
  return path === undefined ? noConfig : read(path, root);
}

/** What of health is looked for in a file: by its configuration, over the defaults. */
export const examinationFor = (file: ModelFile): Examination => examinationOf(configFor(file));

function read(path: string, root: string): HealthConfig {
  const text = readText(join(root, path));
  const { config, problems } = readConfig(text);
  if (problems.length === 0) return config;
  const lines = new LineTable(text);
  const told = problems.map(({ message, at }) => {
    const { line, column } = lines.positionAt(at as Offset);
    return `${path}:${line}:${column}: ${message}`;
  });
  throw new WrongUse(told.join('\n'));
}
