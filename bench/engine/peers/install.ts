import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('../../', import.meta.url));

/** Installs what our engine is measured against, if it is not there; false, with a word why, when that cannot be. */
export function peersInstalled(): boolean {
  const { dependencies } = packageAt('') as { dependencies: Readonly<Record<string, string>> };
  const present = (): boolean =>
    Object.entries(dependencies).every(([name, version]) => packageAt(`node_modules/${name}/`)?.version === version);
  if (present()) return true;
  process.stdout.write('Installing the peers (npm ci in bench/)\n');
  const args = ['ci', '--prefix', bench, '--no-audit', '--no-fund', '--loglevel=error'];
  spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  if (present()) return true;
  process.stdout.write('The peers cannot be installed, so they are left out. Is the npm registry within reach?\n');
  return false;
}

function packageAt(path: string): { readonly version?: string } | null {
  try {
    return JSON.parse(readFileSync(`${bench}${path}package.json`, 'utf8')) as { version?: string };
  } catch {
    return null;
  }
}
