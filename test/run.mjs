/**
 * `npm test`: builds, checks and runs every test, those in a real VS Code included, and ends with `N passed, N failed`.
 * `node test/run.mjs e2e` runs only the last stage, `… screenshots` only makes the picture of the README.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildAll } from '../build/build.mjs';
import { projects, typecheck } from '../build/typecheck.mjs';
import { provisionBrowser, provisionEditor } from './e2e/provision.mjs';

const root = join(import.meta.dirname, '..');
const started = performance.now();
const totals = { passed: 0, failed: 0 };
const environment = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' };

// Not the settings of the unit tests: these leave test/e2e out.
const inEditor = ['--no-config', '--import=tsx/esm', '--extension', 'ts', '--timeout', '120000'];

const stages = {
  async build() {
    await check('everything builds', buildAll);
  },
  async checks() {
    for (const project of projects) {
      await check(`types: ${project}`, async () => {
        const complaints = await typecheck(project);
        if (complaints !== '') throw new Error(complaints);
      });
    }
    await check('lint', () => tool('oxlint', ['--type-aware', '--deny-warnings']));
    await check('format', () => tool('oxfmt', ['--check']));
  },
  async browser() {
    await check('a browser is there', async () => {
      environment.RETROGRAD_CHROMIUM = await provisionBrowser();
    });
  },
  async unit() {
    // A file at a time on each of two processors.
    twice('unit tests', ['--parallel', '--jobs', '2'], 'test/**/*.test.ts');
  },
  async editor() {
    await check('a VS Code is there', () => {
      environment.RETROGRAD_EDITOR = JSON.stringify(provisionEditor());
    });
  },
  async package() {
    environment.RETROGRAD_VSIX = join(root, 'retrograd.vsix');
    rmSync(environment.RETROGRAD_VSIX, { force: true });
    await check('the extension packages', () =>
      tool('vsce', [
        'package',
        '--no-dependencies',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
        '--out',
        environment.RETROGRAD_VSIX,
      ]),
    );
  },
  async e2e() {
    twice('end to end', inEditor, 'test/e2e/**/*.test.ts');
  },
  async picture() {
    mocha('the picture of the README', [...inEditor, 'test/e2e/readme-picture.ts']);
  },
};

const plans = {
  all: ['build', 'checks', 'browser', 'unit', 'editor', 'package', 'e2e'],
  e2e: ['build', 'browser', 'editor', 'package', 'e2e'],
  screenshots: ['build', 'browser', 'editor', 'package', 'picture'],
};

const plan = process.argv[2] ?? 'all';
for (const stage of plans[plan]) await stages[stage]();
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);

/** One thing that holds or does not, counted as a test. */
async function check(name, task) {
  try {
    await task();
    totals.passed += 1;
    report(`✔ ${name}`);
  } catch (error) {
    totals.failed += 1;
    report(`✘ ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

function tool(name, task) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [programOf(name), ...task], {
    cwd: root,
    encoding: 'utf8',
    env: environment,
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/**
 * Runs tests, and once more the files that failed, if they are two at most: editors, browsers and servers share two busy
 * processors. What fails twice fails; what failed once stays on record.
 */
function twice(name, task, pattern) {
  const failing = mocha(name, [...task, pattern]);
  if (failing.length > 2 || failing.some(([file]) => !existsSync(file))) return;
  for (const [file, counts] of failing) {
    totals.passed -= counts.passed;
    totals.failed -= counts.failed;
    mocha(`once more, ${relative(root, file)}`, [...task, file]);
  }
}

/** Runs tests, and counts them. @returns the files in which not all passed. */
function mocha(name, task) {
  const files = Object.entries(outcomes(task));
  // No counts: a file could not even be loaded, or mocha died.
  if (files.length === 0) files.push(['?', { passed: 0, failed: 1 }]);
  const sum = (what) => files.reduce((total, [, counts]) => total + counts[what], 0);
  const [passed, failed] = [sum('passed'), sum('failed')];
  totals.passed += passed;
  totals.failed += failed;
  report(`${failed === 0 ? '✔' : '✘'} ${name}: ${passed} passed, ${failed} failed`);
  return files.filter(([, counts]) => counts.failed > 0);
}

/** @returns how many tests passed and failed, by file. */
function outcomes(task) {
  const directory = mkdtempSync(join(tmpdir(), 'retrograd-counts-'));
  const counts = join(directory, 'counts.json');
  spawnSync(
    process.execPath,
    [programOf('mocha'), ...task, '--forbid-only', '--reporter', 'test/counting-reporter.cjs'],
    {
      cwd: root,
      env: { ...environment, RETROGRAD_COUNTS: counts },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const files = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : {};
  rmSync(directory, { recursive: true });
  return files;
}

/** The script behind a package's command, started with this very Node. */
function programOf(command) {
  const packages = { oxlint: 'oxlint', oxfmt: 'oxfmt', vsce: '@vscode/vsce', mocha: 'mocha' };
  const home = join(root, 'node_modules', packages[command]);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, typeof bin === 'string' ? bin : bin[command]);
}

function report(line) {
  console.log(`[${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s] ${line}`);
}
