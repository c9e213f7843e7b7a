import type { ModulePath, NodeId } from '../base/brand.ts';
import { LineTable } from '../base/span.ts';
import { Chains } from '../analysis/chain.ts';
import { fold } from '../analysis/folds.ts';
import { PassGraph } from '../analysis/pass-graph.ts';
import { ZeroSearch } from '../analysis/why-zero.ts';
import { Recording } from '../replay/recording.ts';
import type { Pass, Site, Trace } from '../trace/format.ts';
import { elementNamed } from './element/choice.ts';
import { ElementMode } from './element/mode.ts';
import type { FindingView } from './health/view.ts';
import { Names } from './names.ts';
import { numbersOfRun } from './run-numbers.ts';
import type { Granularity, SourceRef } from './view.ts';

/** Everything that views of one pass in one granularity share. */
export class PassView {
  readonly graph: PassGraph;
  readonly chains: Chains;
  readonly names: Names;
  readonly #lines = new Map<ModulePath, LineTable>();
  #recording: Recording | null = null;
  #zeros: ZeroSearch | null = null;
  /** Set while one element is looked at: then numbers are those of its scalar chain. */
  readonly element: ElementMode | null;
  /** What was asked for, and why it is not there. */
  readonly elementAsked: { readonly query: string; readonly problem: string | null } | null;

  constructor(
    readonly trace: Trace,
    readonly pass: Pass,
    readonly granularity: Granularity,
    readonly opened: readonly NodeId[] = [],
    element: string | null = null,
    /** What is sick in the pass. Asked for when it is needed. */
    readonly findings: () => readonly FindingView[] = () => [],
  ) {
    this.graph = new PassGraph(trace, pass);
    this.chains = new Chains(this.graph, fold(this.graph, granularity === 'op' ? 'all' : new Set(opened)));
    this.names = new Names(this.graph);
    const asked = element === null ? null : elementNamed(this, element);
    this.element = asked?.element ? new ElementMode(this, asked.element) : null;
    this.elementAsked = asked && { query: element!, problem: asked.problem };
  }

  /** The pass as something to compute with, in the precision of the run. */
  get recording(): Recording {
    return (this.#recording ??= new Recording(this.graph));
  }

  /** Why elements of gradients are 0. */
  get zeros(): ZeroSearch {
    return (this.#zeros ??= new ZeroSearch(this.graph, numbersOfRun(this.recording)));
  }

  /** The shown node that stands for any node of the pass. */
  shownFor(id: NodeId): NodeId | null {
    return this.graph.has(id) ? this.chains.folding.foldOf(id) : null;
  }

  lines(file: ModulePath): LineTable {
    let table = this.#lines.get(file);
    if (!table) {
      table = new LineTable(this.trace.files.find(({ path }) => path === file)?.text ?? '');
      this.#lines.set(file, table);
    }
    return table;
  }

  /** The expression that made a node, else the name that holds it. */
  source(id: NodeId): SourceRef | null {
    const site = this.siteOf(id);
    if (!site) return null;
    const { file, span } = site;
    return { file, span, line: this.lines(file).positionAt(span.start).line };
  }

  siteOf(id: NodeId): Site | null {
    const sites = this.graph.node(id).sites.flatMap((site) => this.trace.sites.get(site) ?? []);
    return sites.find(({ kind }) => kind === 'expression') ?? sites[0] ?? null;
  }

  /** The modules round a node: `encoder.linear1`; empty outside of any. */
  modulePath(id: NodeId): string {
    const path: string[] = [];
    const { scopes } = this.trace;
    for (
      let scope = scopes[this.graph.node(id).scope];
      scope;
      scope = scope.parent === null ? undefined : scopes[scope.parent]
    )
      if (scope.kind === 'module') path.push(scope.name);
    return path.reverse().join('.');
  }

  /** Names of the scopes round a node, outermost first, without the program and the model. */
  scopePath(id: NodeId): string[] {
    const path: string[] = [];
    for (
      let scope = this.trace.scopes[this.graph.node(id).scope];
      scope && scope.parent !== null;
      scope = this.trace.scopes[scope.parent]
    ) {
      if (scope.kind === 'model' || (scope.kind === 'function' && scope.name === 'model')) continue;
      path.push(scope.kind === 'loop' ? `${scope.name} = ${scope.index}` : scope.name);
    }
    return path.reverse();
  }
}
