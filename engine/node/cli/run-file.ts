import { existsSync, statSync } from 'node:fs';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { type ProblemDocument, problemDocument } from '../../explain/json.ts';
import { Presenter } from '../../explain/presenter.ts';
import { type RunRequest, type RunResult, type Runner, defaultBudget } from '../../protocol/worker.ts';
import { WrongUse } from './outcome.ts';

export interface ModelFile {
  /** The workspace folder: nothing outside it can be imported. */
  readonly root: string;
  readonly entry: ModulePath;
}

/** Anything else would be run as TypeScript, and fail at each of its words. */
const program = /\.(?:[cm]?[jt]sx?|json)$/i;

function whyNone(file: string): string {
  if (file === '-') return t('A program is named, and not read from standard input: it imports by where it is.');
  return /[*?]/.test(file)
    ? t('There is no file {0}. It is the shell that fills patterns in.', file)
    : t('There is no file {0}.', file);
}

/** Finds a file and its workspace: the working folder where the file is in it, else the nearest folder with a package.json. */
export function locate(file: string): ModelFile {
  const path = resolve(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new WrongUse(whyNone(file));
  if (!stats.isFile()) throw new WrongUse(t('{0} is not a file.', file));
  if (!program.test(path))
    throw new WrongUse(t('{0} is no program: its name ends in none of .ts, .mts, .js, .mjs.', file));
  const root = isInside(process.cwd(), path) ? process.cwd() : packageFolder(dirname(path));
  return { root, entry: relative(root, path).split(sep).join('/') as ModulePath };
}

const isInside = (folder: string, path: string): boolean =>
  !relative(folder, path).startsWith('..') && path.startsWith(folder);

function packageFolder(folder: string): string {
  for (let at = folder; at !== parse(at).root; at = dirname(at)) if (existsSync(join(at, 'package.json'))) return at;
  return folder;
}

export interface FileRun {
  readonly result: RunResult;
  readonly presenter: Presenter;
  readonly problems: readonly (ProblemDocument & { readonly severity: string })[];
}

/** The file as it is on disk. */
export const requestFor = ({ root, entry }: ModelFile): RunRequest => ({
  root,
  entry,
  overlays: new Map(),
  budget: defaultBudget,
});

export async function runFile(
  file: ModelFile,
  runner: Runner,
  presenter = new Presenter(),
  request = requestFor(file),
): Promise<FileRun | null> {
  const { entry } = file;
  const result = await runner.run(request);
  if (!result) return null;
  if (presenter.snapshot().file !== entry) presenter.begin(entry);
  presenter.finish(result);
  const texts = new Map(result.files.map(({ path, text }) => [path, text]));
  const problems = result.problems.map((problem) => ({
    ...problemDocument(problem, texts.get(problem.file) ?? ''),
    severity: problem.severity,
  }));
  return { result, presenter, problems };
}
