import ts from 'typescript';
import type { ModulePath, SiteId } from '../base/brand.ts';
import type { Problem, ProblemCode } from '../base/problem.ts';
import { span, type Span } from '../base/span.ts';
import type { Site } from '../trace/format.ts';
import { Edits, type Insertion } from './edits.ts';
import type { ModelNames } from './models.ts';
import type { ModelCall, StaticScope } from './module.ts';

/** What the walk over one file has found so far. The forms of `sites/` write into it and visit the rest through it. */
export class Context {
  readonly edits = new Edits();
  readonly sites: Site[] = [];
  readonly scopes: StaticScope[] = [];
  readonly models: ModelCall[] = [];
  readonly problems: Problem[] = [];
  /** Spans that an error can be shown at: calls, and statements and headers without those inside them. */
  readonly expressions: Span[] = [];
  /** Identifiers that stand for a value somewhere. An import outside this set is only a type. */
  readonly used = new Set<string>();
  readonly asyncFunctions = new Map<string, Span>();
  /** Names that were handed to `model(…)`. */
  readonly modelFunctions: string[] = [];
  /** Calls met so far. What holds none can make no node, so that it needs no scope. */
  calls = 0;
  /** Whether a function that nobody is told of may change what is not its own. */
  hasQuietEffects = false;
  /** What was inserted round loops without calls, innermost first. */
  readonly quietLoops: Insertion[] = [];
  /** Inside an async function or a generator, whose parts do not run in one go: their scopes would interleave. */
  suspends = false;
  #ids = 0;
  #tokens = 0;

  constructor(
    readonly tree: ts.SourceFile,
    readonly path: ModulePath,
    readonly fileIndex: number,
    readonly modelNames: ModelNames,
    readonly visit: (context: Context, node: ts.Node) => void,
  ) {}

  children(node: ts.Node): void {
    ts.forEachChild(node, (child) => this.visit(this, child));
  }

  visitAll(nodes: readonly (ts.Node | undefined)[]): void {
    for (const node of nodes) if (node !== undefined) this.visit(this, node);
  }

  start(node: ts.Node): number {
    return node.getStart(this.tree);
  }

  spanOf(node: ts.Node): Span {
    return span(this.start(node), node.end);
  }

  insert(at: number, text: string): Insertion {
    return this.edits.insert(at, text);
  }

  expressionSite(node: ts.Node): SiteId {
    return this.#addSite({ span: this.spanOf(node), kind: 'expression', name: null, of: null });
  }

  nameSite(name: string, at: ts.Node, of: ts.Node | null): SiteId {
    return this.#addSite({ span: this.spanOf(at), kind: 'name', name, of: of && this.spanOf(of) });
  }

  scope(kind: StaticScope['kind'], name: string, node: ts.Node, isRepeatable = false): SiteId {
    const id = this.#id();
    this.scopes.push({ id, kind, name, file: this.path, span: this.spanOf(node), isRepeatable });
    return id;
  }

  /** A variable name that no other insertion uses. Names that begin like it are refused in the user's text. */
  token(): string {
    return `__rg${this.#tokens++}`;
  }

  problem(code: ProblemCode, message: string, at: Span): void {
    this.problems.push({ code, severity: 'error', message, file: this.path, span: at });
  }

  #addSite(site: Omit<Site, 'id' | 'file'>): SiteId {
    const id = this.#id();
    this.sites.push({ id, file: this.path, ...site });
    return id;
  }

  #id(): SiteId {
    return (this.fileIndex * 2 ** 20 + this.#ids++) as SiteId;
  }
}
