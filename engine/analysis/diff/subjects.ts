import type { ModulePath, NodeId } from '../../base/brand.ts';
import { LineTable } from '../../base/span.ts';
import type { TraceNode } from '../../trace/format.ts';
import type { Chains } from '../chain.ts';

/** The shown nodes of a pass as they are compared: by their place in the order of execution. */
export class Subjects {
  readonly ids: readonly NodeId[];
  readonly #places: ReadonlyMap<NodeId, number>;
  readonly #scopes: readonly string[];
  readonly #tables = new Map<ModulePath, LineTable>();

  constructor(readonly chains: Chains) {
    this.ids = [...chains.folding.folds.keys()].sort((a, b) => a - b);
    this.#places = new Map(this.ids.map((id, place) => [id, place]));
    const known = new Map<number, string>();
    this.#scopes = this.ids.map((id) => this.#scopePath(chains.graph.node(id).scope, known));
  }

  isLoss(place: number): boolean {
    return this.ids[place] === this.chains.graph.pass.loss;
  }

  name(place: number): string | null {
    return this.#node(place).name;
  }

  /** The ops of the fold, without the numbers in between. */
  op(place: number): string {
    return this.#made(place)
      .map(({ op }) => op)
      .join(', ');
  }

  shape(place: number): string {
    return this.#node(place).shape.join('×');
  }

  dtype(place: number): string {
    return this.#node(place).dtype;
  }

  attributes(place: number): string {
    return JSON.stringify(
      this.#made(place).map(({ attributes }) => attributes),
      sorted,
    );
  }

  /** Places of the nodes that it reads. */
  inputs(place: number): readonly number[] {
    return this.chains.fold(this.ids[place]!).inputs.map((id) => this.#places.get(id)!);
  }

  /** Kinds and names of the scopes round a node, with the turn of a loop. */
  scope(place: number): string {
    return this.#scopes[place]!;
  }

  /** The line that it stands in, `net.ts:12`, of the program's own file `:12`; null for what has no place. */
  line(place: number): string | null {
    const { sites } = this.chains.graph.trace;
    for (const id of this.#node(place).sites) {
      const site = sites.get(id);
      if (!site) continue;
      // Two files may be compared, under the names that they have.
      const file = site.file === this.chains.graph.trace.entry ? '' : site.file;
      return `${file}:${this.#lines(site.file).positionAt(site.span.start).line}`;
    }
    return null;
  }

  #lines(file: ModulePath): LineTable {
    let table = this.#tables.get(file);
    if (!table) {
      table = new LineTable(this.chains.graph.trace.files.find(({ path }) => path === file)?.text ?? '');
      this.#tables.set(file, table);
    }
    return table;
  }

  #node(place: number): TraceNode {
    return this.chains.graph.node(this.ids[place]!);
  }

  #made(place: number): TraceNode[] {
    const { graph } = this.chains;
    const { ops, id } = this.chains.fold(this.ids[place]!);
    return ops.map((op) => graph.node(op)).filter((node) => node.id === id || node.kind === 'op');
  }

  #scopePath(id: number, known: Map<number, string>): string {
    const found = known.get(id);
    if (found !== undefined) return found;
    const { kind, name, index, parent } = this.chains.graph.trace.scopes[id]!;
    const own = kind === 'program' || kind === 'model' ? '' : `${kind} ${name} ${index}`;
    const path = parent === null ? own : `${this.#scopePath(parent, known)}/${own}`;
    known.set(id, path);
    return path;
  }
}

/** The same attributes in another order are the same. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : typeof value === 'number'
      ? String(value)
      : value;
