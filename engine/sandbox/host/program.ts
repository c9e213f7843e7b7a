import type { ModulePath, SiteId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Problem } from '../../base/problem.ts';
import { type Span, span } from '../../base/span.ts';
import { type InstrumentedModule, type StaticScope, instrument } from '../../source/index.ts';
import { exported, suggestionFor } from './spelling.ts';
import type { Site, TraceFile } from '../../trace/format.ts';

/** The files of a workspace, as a program sees them. */
export interface ProgramFiles {
  read(path: ModulePath): string | ImportRefusal;
  resolve(from: ModulePath, specifier: string): ModulePath | ImportRefusal;
}

export interface ImportRefusal {
  readonly code: 'refused-import' | 'unknown-import';
  readonly message: string;
}

interface LoadedModule {
  readonly path: ModulePath;
  readonly text: string;
  /** JavaScript for the guest. */
  readonly code: string;
  /** Null for data. */
  readonly source: InstrumentedModule | null;
  /** Specifier → module. */
  readonly imports: ReadonlyMap<string, ModulePath>;
}

const library = 'retrograd' as ModulePath;
const cache = new Map<string, { text: string; result: ReturnType<typeof instrument> }>();
const cached = 64;

/** Instrumenting is the dearest stage of a run; files that did not change are not done again. */
function instrumented(path: ModulePath, text: string, index: number): ReturnType<typeof instrument> {
  const key = `${index} ${path}`;
  const known = cache.get(key);
  if (known?.text === text) return known.result;
  const result = instrument(path, text, index);
  cache.delete(key);
  cache.set(key, { text, result });
  if (cache.size > cached) cache.delete(cache.keys().next().value!);
  return result;
}

/** Names that the library does not have are found before anything runs, where they are asked for. */
function unknownNames(file: ModulePath, names: readonly { name: string; span: Span }[]): Problem[] {
  return names
    .filter(({ name }) => !exported.has(name))
    .map(({ name, span: at }) => {
      const message = t("retrograd has no '{0}'.", name) + suggestionFor(name, exported);
      return { code: 'unknown-import', severity: 'error', message, file, span: at };
    });
}

/** A file and everything it imports, read and instrumented before anything runs. */
export class Program {
  readonly modules = new Map<ModulePath, LoadedModule>();
  readonly problems: Problem[] = [];
  readonly #files: ProgramFiles;
  readonly #sources: InstrumentedModule[] = [];
  #siteCache: Map<number, Site> | null = null;
  #scopeCache: Map<number, StaticScope> | null = null;

  constructor(
    readonly entry: ModulePath,
    files: ProgramFiles,
  ) {
    this.#files = files;
    const text = files.read(entry);
    if (typeof text === 'string') this.#load(entry, text);
    else this.problems.push({ ...text, severity: 'error', file: entry, span: span(0, 0) });
  }

  get runnable(): boolean {
    return this.modules.has(this.entry) && this.problems.every(({ severity }) => severity !== 'error');
  }

  get files(): readonly TraceFile[] {
    return [...this.modules.values()].map(({ path, text }) => ({ path, text }));
  }

  get models(): readonly { readonly site: SiteId; readonly name: string | null }[] {
    return this.#sources.flatMap(({ models }) => models);
  }

  site(id: number): Site | null {
    this.#siteCache ??= new Map(this.#sources.flatMap(({ sites }) => sites.map((site) => [site.id, site])));
    return this.#siteCache.get(id) ?? null;
  }

  scope(id: number): StaticScope | null {
    this.#scopeCache ??= new Map(this.#sources.flatMap(({ scopes }) => scopes.map((scope) => [scope.id, scope])));
    return this.#scopeCache.get(id) ?? null;
  }

  resolved(from: string, specifier: string): string {
    if (specifier === library) return library;
    const path = this.modules.get(from as ModulePath)?.imports.get(specifier);
    // A dynamic import is not in the list of imports; it may name what the program has anyway.
    if (path !== undefined) return path;
    const found = this.#files.resolve(from as ModulePath, specifier);
    if (typeof found === 'string' && this.modules.has(found)) return found;
    throw new Error(
      typeof found === 'string'
        ? t("Cannot import '{0}' while running; import it at the top of the file.", specifier)
        : found.message,
    );
  }

  /** Whether a function does the same each time that all it calls does, as far as the text tells. */
  isRepeatable(scope: number): boolean {
    this.#isOpen ??= this.#sources.every(({ isOpen }) => isOpen);
    return this.#isOpen && (this.scope(scope)?.isRepeatable ?? false);
  }
  #isOpen: boolean | null = null;

  #load(path: ModulePath, text: string): void {
    if (this.modules.has(path)) return;
    if (path.endsWith('.json')) return this.#loadData(path, text);
    const { value: source, problems } = instrumented(path, text, this.#sources.length);
    this.#sources.push(source);
    this.problems.push(...problems);
    const imports = new Map<string, ModulePath>();
    this.modules.set(path, { path, text, code: source.code, source, imports });
    for (const { specifier, span: at, names } of source.imports) {
      if (specifier === library) {
        this.problems.push(...unknownNames(path, names));
        continue;
      }
      // What the parser has refused already need not be refused twice.
      if (problems.some((problem) => problem.span.start === at.start && problem.span.end === at.end)) continue;
      const found = this.#files.resolve(path, specifier);
      const content = typeof found === 'string' ? this.#files.read(found) : found;
      if (typeof found === 'string' && typeof content === 'string') {
        imports.set(specifier, found);
        this.#load(found, content);
      } else {
        const refusal = typeof content === 'string' ? (found as ImportRefusal) : content;
        this.problems.push({ code: refusal.code, message: refusal.message, severity: 'error', file: path, span: at });
      }
    }
  }

  #loadData(path: ModulePath, text: string): void {
    try {
      JSON.parse(text);
    } catch (error) {
      const message = t('This is not JSON: {0}', error instanceof Error ? error.message : String(error));
      this.problems.push({
        code: 'bad-json',
        message,
        severity: 'error',
        file: path,
        span: span(0, Math.min(text.length, 1)),
      });
    }
    const code = `export default JSON.parse(${JSON.stringify(text)});`;
    this.modules.set(path, { path, text, code, source: null, imports: new Map() });
  }
}
