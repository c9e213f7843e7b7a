import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli.js');
/** Expected texts are English, whoever runs the tests. */
const env = { ...process.env, LC_ALL: 'C' };

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line, as a user would. */
export function retrograd(args: readonly string[], cwd = root): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 28,
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}

/** What an example prints in plain Node, line by line. */
export const printed = (example: string): string[] =>
  execFileSync(process.execPath, ['--import', 'tsx/esm', `examples/${example}.ts`], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n');
