import { execFileSync, spawn } from 'node:child_process';
import { cpSync, createWriteStream, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where `provision.mjs` put VS Code. */
interface Installation {
  readonly entry: string;
  readonly builtinExtensions: string;
  readonly node: string;
}

export interface ServerOptions {
  /** `source`: the extension of this checkout, as its developers run it. `vsix`: the packaged one, installed. */
  readonly extension: 'source' | 'vsix';
  /** Built-in extensions besides the grammars, themes and icons that every test needs. */
  readonly builtin?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Display language, as in `zh-cn`. VS Code's own texts stay English: no language pack is brought, only the word that there is one. */
  readonly locale?: string;
  /** Off makes every folder trusted, as if workspace trust did not exist. */
  readonly workspaceTrust?: boolean;
}

export interface Server {
  /** Address of a workbench that has opened the workspace folder. */
  readonly url: string;
  /** A copy of `examples/`, new for every server. */
  readonly workspace: string;
  readonly browserProfile: string;
  readonly home: string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '..', '..');

/** Names that VS Code 1.139 renamed are written in their new form: it would rewrite the file at start, which takes seconds. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'typescript.disableAutomaticTypeAcquisition': true,
  'git.enabled': false,
  'files.hotExit': 'off',
  // In a browser VS Code saves by itself unless it is told not to.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'editor.minimap.enabled': false,
  // A number is typed as it is, and nothing is completed behind the test's back.
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.parameterHints.enabled': false,
  'editor.autoClosingBrackets': 'never',
};

const grammarsAndThemes = ['typescript-basics', 'javascript', 'json', 'theme-defaults', 'theme-seti'];

/** Starts a VS Code server in a directory of its own, on a free port of 127.0.0.1. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { entry, builtinExtensions, node } = installation();
  const directory = mkdtempSync(join(tmpdir(), 'retrograd-vscode-'));
  const at = (...path: string[]): string => join(directory, ...path);
  for (const made of ['data/User', 'extensions', 'home', 'tmp', 'builtin']) mkdirSync(at(made), { recursive: true });

  const workspace = at('examples');
  // Not the compiler settings of this checkout: a user's folder has none that point outside it.
  cpSync(join(root, 'examples'), workspace, {
    recursive: true,
    filter: (source) => !['tsconfig.json', 'node_modules'].includes(basename(source)),
  });
  writeFileSync(
    at('data', 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, null, 2),
  );
  writeFileSync(at('config.yaml'), 'auth: none\n');
  if (options.locale !== undefined) announceLanguage(options.locale, at('data'));
  // `node_modules` holds the compiler of VS Code's TypeScript support, which looks for it beside itself.
  for (const name of [...grammarsAndThemes, 'node_modules', ...(options.builtin ?? [])]) {
    symlinkSync(join(builtinExtensions, name), at('builtin', name));
  }

  const environment = environmentOf(directory);
  const places = [
    ...['--config', at('config.yaml')],
    ...['--user-data-dir', at('data')],
    ...['--extensions-dir', at('extensions')],
  ];
  if (options.extension === 'vsix') {
    execFileSync(node, [entry, ...places, '--install-extension', vsixFile()], { env: environment, stdio: 'pipe' });
  }
  const port = await freePort();
  const child = spawn(
    node,
    [
      entry,
      ...places,
      ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...['--disable-proxy', '--ignore-last-opened'],
      ...(options.locale === undefined ? [] : ['--locale', options.locale]),
      ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
      ...['--vscode-option', `builtin-extensions-dir=${at('builtin')}`],
      // Only with this does the workbench heed `extensionDevelopmentPath` in its address.
      ...(options.extension === 'source' ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    // A process group of its own, so that stopping it leaves no extension host behind.
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const log = createWriteStream(at('server.log'));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const exited = new Promise<void>((done) => child.once('exit', () => done()));

  const stop = async (): Promise<void> => {
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([exited, sleep(3000)]);
    signalGroup(child.pid, 'SIGKILL');
    if (process.env['RETROGRAD_KEEP'] === undefined) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    else console.log(`kept ${directory}`);
  };
  try {
    await answering(`http://127.0.0.1:${port}/healthz`, () => child.exitCode);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: addressOf(port, workspace, options.extension),
    workspace,
    browserProfile: at('browser'),
    home: at('home'),
    stop,
  };
}

/** What installing a language pack leaves behind, with a pack of no texts. Without it VS Code speaks English, and so do extensions. */
function announceLanguage(locale: string, data: string): void {
  const texts = join(data, 'language.json');
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 'retrograd.language' }, version: '1.0.0' }];
  const pack = { hash: 'retrograd', extensions, translations: { vscode: texts }, label: locale };
  writeFileSync(join(data, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}

function installation(): Installation {
  const described = process.env['RETROGRAD_EDITOR'];
  if (described === undefined) throw new Error('No VS Code: run these tests with `npm run e2e`.');
  return JSON.parse(described) as Installation;
}

function vsixFile(): string {
  const file = process.env['RETROGRAD_VSIX'];
  if (file === undefined) throw new Error('No packaged extension: run these tests with `npm run e2e`.');
  return file;
}

/** Without a home and a temporary directory of its own, VS Code leaves settings and sockets behind. */
function environmentOf(directory: string): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: join(directory, 'home'),
    TMPDIR: join(directory, 'tmp'),
    // No marketplace is asked for anything.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
  for (const name of ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'NODE_OPTIONS', 'VSCODE_IPC_HOOK_CLI'])
    delete environment[name];
  return environment;
}

function addressOf(port: number, workspace: string, extension: ServerOptions['extension']): string {
  const query = new URLSearchParams({ folder: workspace });
  if (extension === 'source') {
    query.set('payload', JSON.stringify([['extensionDevelopmentPath', `vscode-remote://127.0.0.1:${port}${root}`]]));
  }
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}

async function answering(url: string, exitCode: () => number | null): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (exitCode() !== null) throw new Error(`VS Code ended at once with code ${exitCode()}.`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  throw new Error('VS Code did not answer within a minute.');
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}
