import type { NodeId, ScopeId } from '../base/brand.ts';
import { type Span, contains, span } from '../base/span.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Sources } from '../replay/stepper/sources.ts';
import type { Scope, Site } from '../trace/format.ts';
import { type CallText, callIn, isIdentifier, parametersIn } from './call-text.ts';

/**
 * What the parameters of a call were bound to. A run does not note that down: a helper may be called ten thousand times, and
 * would be slower for it. It follows from the text of the call, or of an op in the function that is given the parameter, and
 * from what the trace knows of both; where neither says it without doubt, it is not known.
 */
export class Parameters {
  /** By the place of a function in the text. */
  readonly #declared = new Map<string, readonly (string | null)[]>();
  readonly #calls = new Map<string, CallText | null>();
  /** The first node that was made in a call, or in what it called. */
  readonly #first: Int32Array;
  readonly #bound = new Map<string, NodeId | null>();
  #names: ReadonlySet<string> | null = null;
  readonly #lists: ReadonlySet<Site['id']>;
  #nodesOfName: ReadonlyMap<string, readonly Named[]> | null = null;

  constructor(
    readonly graph: PassGraph,
    readonly sources: Sources,
  ) {
    const { scopes } = graph.trace;
    this.#lists = this.#sitesOfLists();
    this.#first = new Int32Array(scopes.length).fill(-1);
    for (const id of graph.nodes)
      for (
        let at: ScopeId | null = graph.node(id).scope;
        at !== null && this.#first[at] === -1;
        at = scopes[at]!.parent
      )
        this.#first[at] = id;
  }

  /** The names of the source that a node was given, be it the first or a later one. */
  namesOf(node: NodeId): string[] {
    return this.#nameSites(node).flatMap(({ id, name }) => (this.#lists.has(id) ? [] : [name!]));
  }

  /** Names of the parameters of a call and of those round it in the text, innermost first. */
  *visible(from: ScopeId): Iterable<string> {
    for (const scope of this.#functionsRound(from))
      for (const name of this.#declaredBy(scope)) if (name !== null) yield name;
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
    for (const id of this.#chain(from)) {
      const scope = this.graph.trace.scopes[id]!;
      const own = scope.kind === 'function' ? this.#variable(name, scope, isDone) : undefined;
      if (own !== undefined) return own;
    }
    return undefined;
  }

  #inFunctions(name: string, from: ScopeId, isDone: (node: NodeId) => boolean): NodeId | null | undefined {
    for (const scope of this.#functionsRound(from)) {
      const own = this.#variable(name, scope, isDone);
      if (own !== undefined) return own;
      if (this.#declaredBy(scope).includes(name)) return this.#valueOf(name, scope);
    }
    return undefined;
  }

  /** Of all functions that were called: other names cost nothing. */
  get #all(): ReadonlySet<string> {
    if (!this.#names) {
      const { scopes } = this.graph.trace;
      const all = scopes.flatMap((scope) => (scope.kind === 'function' ? [...this.#declaredBy(scope)] : []));
      this.#names = new Set(all.filter((name) => name !== null));
    }
    return this.#names;
  }

  /** The calls round a scope whose text is also round it: what called a function is none of its variables' business. */
  *#functionsRound(from: ScopeId): Iterable<Scope> {
    const { scopes } = this.graph.trace;
    let inner: Scope | null = null;
    for (let scope: Scope | undefined = scopes[from]; scope;) {
      if (scope.kind === 'function' && (inner === null || isRound(scope, inner))) {
        yield scope;
        inner = scope;
      }
      scope = scope.parent === null ? undefined : scopes[scope.parent];
    }
  }

  #declaredBy({ file, span: place }: Scope): readonly (string | null)[] {
    if (file === null || place === null) return [];
    const key = `${file}:${place.start}`;
    let names = this.#declared.get(key);
    if (!names) this.#declared.set(key, (names = parametersIn(this.#textOf({ file, span: place }))));
    return names;
  }

  /** The newest node that was given the name in this call; else the only one that was in the function, though made elsewhere. */
  #variable(name: string, scope: Scope, isDone: (node: NodeId) => boolean): NodeId | undefined {
    const elsewhere = new Set<NodeId>();
    const list = this.#named.get(name) ?? [];
    for (let i = countOfDone(list, isDone) - 1; i >= 0 && elsewhere.size < 2; i--) {
      const { node, site } = list[i]!;
      if (!isIn(site, scope)) continue;
      if (this.#isMadeIn(node, scope.id)) return node;
      if (node < this.#first[scope.id]!) elsewhere.add(node);
    }
    return elsewhere.size === 1 ? [...elsewhere][0] : undefined;
  }

  /** By each name that nodes were given, be it their first or a later one, in the order in which they were made. */
  get #named(): ReadonlyMap<string, readonly Named[]> {
    if (this.#nodesOfName) return this.#nodesOfName;
    const named = new Map<string, Named[]>();
    for (const node of this.graph.nodes)
      for (const site of this.#nameSites(node)) {
        if (this.#lists.has(site.id)) continue;
        const list = named.get(site.name!);
        if (list) list.push({ node, site });
        else named.set(site.name!, [{ node, site }]);
      }
    return (this.#nodesOfName = named);
  }

  /** Names of lists are told of each of their elements, which they do not mean. */
  #sitesOfLists(): ReadonlySet<Site['id']> {
    const lists = new Set<Site['id']>();
    for (const node of this.graph.nodes) {
      const { name } = this.graph.node(node);
      for (const site of this.#nameSites(node)) {
        const isElement = name?.startsWith(`${site.name}[`) === true;
        if (isElement || (site.of && this.#textOf({ file: site.file, span: site.of }).startsWith('[')))
          lists.add(site.id);
      }
    }
    return lists;
  }

  #nameSites(node: NodeId): Site[] {
    const { sites } = this.graph.trace;
    return this.graph.node(node).sites.flatMap((id) => {
      const site = sites.get(id);
      return site?.kind === 'name' && site.name !== null ? [site] : [];
    });
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
    const call = place && this.#callAt(place);
    if (!place || !call || call.callee !== scope.name) return null;
    const argument = call.args[this.#declaredBy(scope).indexOf(name)];
    if (!argument || scope.parent === null) return null;
    const start = place.span.start + argument.start;
    const at = span(start, start + argument.text.length);
    // `xs.reduce((a, x) => …)` is no call of what is written in it.
    if (scope.file === place.file && scope.span && contains(at, scope.span)) return null;
    const before = this.#first[scope.id]!;
    return isIdentifier(argument.text)
      ? this.#variableAt(argument.text, scope.parent, before)
      : this.#madeBy({ file: place.file, span: at }, before);
  }

  /** What a name means in a caller, before it calls. */
  #variableAt(name: string, from: ScopeId, before: number): NodeId | null {
    const found = this.#inFunctions(name, from, (node) => node < before);
    if (found !== undefined) return found;
    // Of the file, then: made outside of any function, or the only one.
    const all = (this.#named.get(name) ?? []).map(({ node }) => node).filter((node) => node < before);
    const ofFile = all.filter((node) => this.#functionOf(node) === null);
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
    if (this.#named.get(name)?.some(({ site }) => isIn(site, scope)) === true) return null;
    const found = new Set<NodeId>();
    for (const id of this.graph.nodes) {
      const { inputs, sites: own } = this.graph.node(id);
      if (id < this.#first[scope.id]! || !this.#isMadeIn(id, scope.id) || this.#functionOf(id) !== scope.id) continue;
      const site = own.map((one) => sites.get(one)).find((one) => one?.kind === 'expression');
      const call = site && isIn(site, scope) ? this.#callAt(site) : null;
      if (!call?.receiver) continue;
      const operands = [call.receiver, ...call.args];
      const place = operands.findIndex(({ text }) => text === name);
      if (place === 0 || (place === 1 && inputs.length === 2 && operands.length === 2)) found.add(inputs[place]!);
    }
    const [only] = found;
    return found.size === 1 && only! < this.#first[scope.id]! ? only! : null;
  }

  #callAt({ file, span: place }: Pick<Site, 'file' | 'span'>): CallText | null {
    const key = `${file}:${place.start}:${place.end}`;
    let call = this.#calls.get(key);
    if (call === undefined) this.#calls.set(key, (call = callIn(this.#textOf({ file, span: place }))));
    return call;
  }

  #textOf({ file, span: { start, end } }: Pick<Site, 'file' | 'span'>): string {
    return this.graph.trace.files.find(({ path }) => path === file)?.text.slice(start, end) ?? '';
  }

  *#chain(from: ScopeId): Iterable<ScopeId> {
    for (let at: ScopeId | null = from; at !== null; at = this.graph.trace.scopes[at]!.parent) yield at;
  }

  #isMadeIn(node: NodeId, scope: ScopeId): boolean {
    for (const at of this.#chain(this.graph.node(node).scope)) if (at === scope) return true;
    return false;
  }

  #functionOf(node: NodeId): ScopeId | null {
    for (const at of this.#chain(this.graph.node(node).scope))
      if (this.graph.trace.scopes[at]!.kind === 'function') return at;
    return null;
  }
}

interface Named {
  readonly node: NodeId;
  readonly site: Site;
}

/** Nodes come in the order in which they were made: those that are done come first. */
function countOfDone(list: readonly Named[], isDone: (node: NodeId) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isDone(list[middle]!.node)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isIn = (site: Site, { file, span: place }: Scope): boolean =>
  place !== null && site.file === file && contains(place, site.span);

const isRound = (outer: Scope, inner: Scope): boolean =>
  outer.file === inner.file && outer.span !== null && inner.span !== null && contains(outer.span, inner.span);

const isSame = (
  site: Site | undefined,
  { file, span: place }: { readonly file: Site['file']; readonly span: Span },
): boolean =>
  site?.kind === 'expression' && site.file === file && site.span.start === place.start && site.span.end === place.end;
