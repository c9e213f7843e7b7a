/**
 * Brings what the tests need beyond npm's packages: a Chromium, and a VS Code that runs without a desktop (code-server,
 * with the Node it wants). What is already there is used; what is missing is installed once and found again next time.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** code-server 4.139.1 is VS Code 1.139.1. It answers every page with an error 500 on Node 20, hence a Node of its own. */
const versions = { codeServer: '4.139.1', node: '24.21.0' };

const cache = process.env.RETROGRAD_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'retrograd');

/** The path of a Chromium that starts. Throws with what to do when there is none and none can be brought. */
export async function provisionBrowser() {
  const found = installedBrowser() ?? (await downloadedBrowser());
  if (found !== null) return found;
  if (canUseApt()) {
    console.log('Chromium is missing: installing it with apt');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Another job may hold the lock of the package manager; waiting is right, failing is not.
    const patient = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
    for (const task of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']]) {
      spawnSync('apt-get', [...patient, ...task], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    }
    const installed = installedBrowser();
    if (installed !== null) return installed;
  }
  console.log('Chromium is missing: downloading one with Playwright');
  const cli = join(dirname(fileURLToPath(import.meta.resolve('playwright-core'))), 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const downloaded = await downloadedBrowser();
  if (downloaded !== null) return downloaded;
  throw new Error(
    'The tests need Chromium, and none could be found, installed or downloaded. Install Chromium or Chrome with the ' +
      'package manager of this system, or name the program in the environment variable RETROGRAD_CHROMIUM.',
  );
}

/** Directories of code-server and of its Node, complete. Installs them from npm when they are missing (about a minute). */
export function provisionEditor() {
  const home = join(cache, `vscode-${versions.codeServer}`);
  const found = completeEditor(home);
  if (found !== null) return found;

  const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  console.log(`VS Code is missing: installing code-server ${versions.codeServer} into ${home}`);
  // Made beside its place and moved there when complete, so that a run that was cut off leaves nothing that looks whole.
  const partial = `${home}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    writeFileSync(
      join(partial, 'package.json'),
      JSON.stringify({ name: 'vscode-for-tests', version: '0.0.0', private: true }),
    );
    // Without install scripts: code-server's own would compile nine native modules that no test reaches.
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    npm(partial, [...install, `code-server@${versions.codeServer}`, `${nodePackage}@${versions.node}`]);
    const server = join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    npm(server, [...install, '--omit=dev']);
    npm(join(server, 'extensions'), [...install, '--omit=dev']);
    for (const unused of [
      'node_modules/@github/copilot',
      'node_modules/@github/copilot-sdk',
      'node_modules/@microsoft/mxc-sdk',
      'node_modules/@devcontainers',
      'extensions/copilot',
    ]) {
      rmSync(join(server, unused), { recursive: true, force: true });
    }
    writeFileSync(join(partial, 'complete.json'), JSON.stringify({ ...versions, nodePackage }));
    rmSync(home, { recursive: true, force: true });
    renameSync(partial, home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  const editor = completeEditor(home);
  if (editor === null) throw new Error(`VS Code was installed into ${home}, but it does not start there.`);
  return editor;
}

function completeEditor(home) {
  const marker = join(home, 'complete.json');
  if (!existsSync(marker)) return null;
  const { codeServer, node, nodePackage } = JSON.parse(readFileSync(marker, 'utf8'));
  if (codeServer !== versions.codeServer || node !== versions.node) return null;
  const editor = {
    entry: join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    builtinExtensions: join(home, 'node_modules', 'code-server', 'lib', 'vscode', 'extensions'),
    node: join(home, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  };
  return existsSync(editor.entry) && starts(editor.node) ? editor : null;
}

function installedBrowser() {
  const named = process.env.RETROGRAD_CHROMIUM;
  const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const directories = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...programs.flatMap((program) => directories.map((directory) => join(directory, program))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return candidates.find((candidate) => existsSync(candidate) && starts(candidate)) ?? null;
}

async function downloadedBrowser() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return existsSync(path) && starts(path) ? path : null;
}

// A program may be there and not run: Ubuntu's `chromium-browser` without snap, a browser whose libraries are missing.
const starts = (program) => spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;

const canUseApt = () =>
  process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;

function npm(directory, task) {
  const environment = { ...process.env };
  // `npm test` hands its own settings down to what it starts; they are not meant for this install.
  for (const name of Object.keys(environment))
    if (/^npm_(config_(local_prefix|global|prefix)|package_|lifecycle_)/i.test(name)) delete environment[name];
  execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', task, {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await provisionBrowser());
  console.log(provisionEditor().entry);
}
