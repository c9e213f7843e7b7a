import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Site } from '../trace/format.ts';
import type { CallTexts } from './call-texts.ts';

/** A node, and a place of the text that gave it a name. */
export interface Named {
  readonly node: NodeId;
  readonly site: Site;
}

/** The names of the source that nodes were given, be it their first or a later one. */
export class GivenNames {
  readonly #lists: ReadonlySet<Site['id']>;
  #nodes: ReadonlyMap<string, readonly Named[]> | null = null;

  constructor(
    readonly graph: PassGraph,
    texts: Pick<CallTexts, 'textOf'>,
  ) {
    this.#lists = this.#sitesOfLists(texts);
  }

  of(node: NodeId): string[] {
    return this.#sites(node).flatMap(({ id, name }) => (this.#lists.has(id) ? [] : [name!]));
  }

  /** All nodes that were given a name, in the order in which they were made. */
  nodes(name: string): readonly Named[] {
    this.#nodes ??= this.#byName();
    return this.#nodes.get(name) ?? [];
  }

  #byName(): ReadonlyMap<string, readonly Named[]> {
    const named = new Map<string, Named[]>();
    for (const node of this.graph.nodes)
      for (const site of this.#sites(node)) {
        if (this.#lists.has(site.id)) continue;
        const list = named.get(site.name!);
        if (list) list.push({ node, site });
        else named.set(site.name!, [{ node, site }]);
      }
    return named;
  }

  /** Names of lists are told of each of their elements, which they do not mean. */
  #sitesOfLists({ textOf }: Pick<CallTexts, 'textOf'>): ReadonlySet<Site['id']> {
    const lists = new Set<Site['id']>();
    for (const node of this.graph.nodes) {
      const { name } = this.graph.node(node);
      for (const site of this.#sites(node)) {
        const isElement = name?.startsWith(`${site.name}[`) === true;
        if (isElement || (site.of && textOf({ file: site.file, span: site.of }).startsWith('['))) lists.add(site.id);
      }
    }
    return lists;
  }

  #sites(node: NodeId): Site[] {
    const { sites } = this.graph.trace;
    return this.graph.node(node).sites.flatMap((id) => {
      const site = sites.get(id);
      return site?.kind === 'name' && site.name !== null ? [site] : [];
    });
  }
}
