import type { NodeId, ScopeId } from '../base/brand.ts';
import { countWhile } from '../base/sorted.ts';
import { type Span, contains, span } from '../base/span.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Sources } from '../replay/stepper/sources.ts';
import type { Scope, Site } from '../trace/format.ts';
import { isIdentifier } from './call-text.ts';
import { CallTexts } from './call-texts.ts';
import { CallTree } from './call-tree.ts';
import { GivenNames } from './given-names.ts';

/**
 * What the parameters of a call were bound to. A run does not note that down: a helper may be called ten thousand times, and
 * would be slower for it. It follows from the text of the call, or of an op in the function that is given the parameter, and
 * from what the trace knows of both; where neither says it without doubt, it is not known.
 */
export class Parameters {
  readonly #texts: CallTexts;
  readonly #names: GivenNames;
  readonly #tree: CallTree;
  readonly #bound = new Map<string, NodeId | null>();
  #parameters: ReadonlySet<string> | null = null;

  constructor(
    readonly graph: PassGraph,
    readonly sources: Sources,
  ) {
    this.#texts = new CallTexts(graph.trace.files);
    this.#names = new GivenNames(graph, this.#texts);
    this.#tree = new CallTree(graph);
  }

  /** The names of the source that a node was given, be it the first or a later one. */
  namesOf(node: NodeId): string[] {
    return this.#names.of(node);
  }

  /** Names of the parameters of a call and of those round it in the text, innermost first. */
  *visible(from: ScopeId): Iterable<string> {
    for (const scope of this.#tree.functionsRound(from))
      for (const name of this.#texts.parametersOf(scope)) if (name !== null) yield name;
  }

  /**
   * What a name means in the innermost call round a scope that has it as a parameter, or as a variable of its own. Undefined
   * where no call has such a parameter; null where what it holds is no tensor, or is not known.
   * @param isDone whether a node was there already.
   */
  find(name: string, from: ScopeId, isDone: (node: NodeId) => boolean): NodeId | null | undefined {
    return this.#all.has(name) ? this.#inFunctions(name, from, isDone) : undefined;
  }

  /** What a name meant in the calls round a scope, the innermost first, as a variable of theirs; undefined where it was none. */
  inCallers(name: string, from: ScopeId, isDone: (node: NodeId) => boolean): NodeId | undefined {
    for (const id of this.#tree.chain(from)) {
      const scope = this.graph.trace.scopes[id]!;
      const own = scope.kind === 'function' ? this.#variable(name, scope, isDone) : undefined;
      if (own !== undefined) return own;
    }
    return undefined;
  }

  #inFunctions(name: string, from: ScopeId, isDone: (node: NodeId) => boolean): NodeId | null | undefined {
    for (const scope of this.#tree.functionsRound(from)) {
      const own = this.#variable(name, scope, isDone);
      if (own !== undefined) return own;
      if (this.#texts.parametersOf(scope).includes(name)) return this.#valueOf(name, scope);
    }
    return undefined;
  }

  /** Of all functions that were called: other names cost nothing. */
  get #all(): ReadonlySet<string> {
    if (!this.#parameters) {
      const { scopes } = this.graph.trace;
      const all = scopes.flatMap((scope) => (scope.kind === 'function' ? [...this.#texts.parametersOf(scope)] : []));
      this.#parameters = new Set(all.filter((name) => name !== null));
    }
    return this.#parameters;
  }

  /** The newest node that was given the name in this call; else the only one that was in the function, though made elsewhere. */
  #variable(name: string, scope: Scope, isDone: (node: NodeId) => boolean): NodeId | undefined {
    const elsewhere = new Set<NodeId>();
    const list = this.#names.nodes(name);
    // Nodes come in the order in which they were made: those that are done come first.
    for (let i = countWhile(list, ({ node }) => isDone(node)) - 1; i >= 0 && elsewhere.size < 2; i--) {
      const { node, site } = list[i]!;
      if (!isIn(site, scope)) continue;
      if (this.#tree.isMadeIn(node, scope.id)) return node;
      if (node < this.#tree.firstIn(scope.id)) elsewhere.add(node);
    }
    return elsewhere.size === 1 ? [...elsewhere][0] : undefined;
  }

  #valueOf(name: string, scope: Scope): NodeId | null {
    const key = `${scope.id}:${name}`;
    const known = this.#bound.get(key);
    if (known !== undefined) return known;
    // A call of itself asks for itself: that is not known.
    this.#bound.set(key, null);
    const value = this.#given(name, scope) ?? this.#used(name, scope);
    this.#bound.set(key, value);
    return value;
  }

  /** By the argument that stands in its place where the function was called. */
  #given(name: string, scope: Scope): NodeId | null {
    const place = this.sources.callOf(scope.id);
    const call = place && this.#texts.callAt(place);
    if (!place || !call || call.callee !== scope.name) return null;
    const argument = call.args[this.#texts.parametersOf(scope).indexOf(name)];
    if (!argument || scope.parent === null) return null;
    const start = place.span.start + argument.start;
    const at = span(start, start + argument.text.length);
    // `xs.reduce((a, x) => …)` is no call of what is written in it.
    if (scope.file === place.file && scope.span && contains(at, scope.span)) return null;
    const before = this.#tree.firstIn(scope.id);
    return isIdentifier(argument.text)
      ? this.#variableAt(argument.text, scope.parent, before)
      : this.#madeBy({ file: place.file, span: at }, before);
  }

  /** What a name means in a caller, before it calls. */
  #variableAt(name: string, from: ScopeId, before: number): NodeId | null {
    const found = this.#inFunctions(name, from, (node) => node < before);
    if (found !== undefined) return found;
    // Of the file, then: made outside of any function, or the only one.
    const all = this.#names
      .nodes(name)
      .map(({ node }) => node)
      .filter((node) => node < before);
    const ofFile = all.filter((node) => this.#tree.functionOf(node) === null);
    return ofFile.at(-1) ?? (new Set(all).size === 1 ? all[0]! : null);
  }

  /** The newest node that an expression gave. */
  #madeBy(place: Pick<Site, 'file' | 'span'>, before: number): NodeId | null {
    const { sites } = this.graph.trace;
    for (let i = this.graph.nodes.length - 1; i >= 0; i--) {
      const node = this.graph.nodes[i]!;
      if (node >= before) continue;
      const isIt = (id: Site['id']): boolean => isSame(sites.get(id), place);
      if (this.graph.node(node).sites.some(isIt)) return node;
    }
    return null;
  }

  /** By an op in the function that is written as the parameter's method, `x.mul(…)`, or takes it as its argument, `….mul(x)`. */
  #used(name: string, scope: Scope): NodeId | null {
    const { sites } = this.graph.trace;
    if (this.#names.nodes(name).some(({ site }) => isIn(site, scope))) return null;
    const found = new Set<NodeId>();
    for (const id of this.graph.nodes) {
      const { inputs, sites: own } = this.graph.node(id);
      if (
        id < this.#tree.firstIn(scope.id) ||
        !this.#tree.isMadeIn(id, scope.id) ||
        this.#tree.functionOf(id) !== scope.id
      )
        continue;
      const site = own.map((one) => sites.get(one)).find((one) => one?.kind === 'expression');
      const call = site && isIn(site, scope) ? this.#texts.callAt(site) : null;
      if (!call?.receiver) continue;
      const operands = [call.receiver, ...call.args];
      const place = operands.findIndex(({ text }) => text === name);
      if (place === 0 || (place === 1 && inputs.length === 2 && operands.length === 2)) found.add(inputs[place]!);
    }
    const [only] = found;
    return found.size === 1 && only! < this.#tree.firstIn(scope.id) ? only! : null;
  }
}

const isIn = (site: Site, { file, span: place }: Scope): boolean =>
  place !== null && site.file === file && contains(place, site.span);

const isSame = (
  site: Site | undefined,
  { file, span: place }: { readonly file: Site['file']; readonly span: Span },
): boolean =>
  site?.kind === 'expression' && site.file === file && site.span.start === place.start && site.span.end === place.end;
