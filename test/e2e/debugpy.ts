import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = '1.8.22';
const cache =
  process.env['RETROGRAD_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'retrograd');

/**
 * Environment of a Python that can import debugpy, whose protocol library is the second client: what Python's debuggers in
 * Visual Studio and VS Code speak, written by others in another language. What is installed is used; else it is brought by pip,
 * once, and else by apt.
 */
export function provisionDebugpy(): NodeJS.ProcessEnv {
  if (imports(process.env)) return process.env;
  const home = join(cache, `debugpy-${version}`);
  const environment = { ...process.env, PYTHONPATH: home };
  if (imports(environment)) return environment;
  download(home);
  if (imports(environment)) return environment;
  spawnSync(
    'apt-get',
    ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', 'python3-debugpy'],
    {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    },
  );
  if (imports(process.env)) return process.env;
  throw new Error('This test needs Python 3 with debugpy: install python3-debugpy, or let pip reach its registry.');
}

const imports = (env: NodeJS.ProcessEnv): boolean =>
  spawnSync('python3', ['-c', 'import debugpy.common.messaging'], { env, stdio: 'ignore' }).status === 0;

/** Beside its place and moved there when complete, so that a download that was cut off leaves nothing that looks whole. */
function download(home: string): void {
  const partial = `${home}.${process.pid}.partial`;
  mkdirSync(partial, { recursive: true });
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', partial, `debugpy==${version}`];
  spawnSync('python3', pip, { stdio: 'ignore' });
  const wheel = readdirSync(partial).find((name) => name.endsWith('.whl'));
  if (wheel) spawnSync('python3', ['-m', 'zipfile', '-e', join(partial, wheel), partial], { stdio: 'ignore' });
  if (wheel && !existsSync(home)) renameSync(partial, home);
  else rmSync(partial, { recursive: true, force: true });
}
