import type { NodeId, ScopeId, SiteId } from '../../base/brand.ts';
import type { Block } from '../../autograd/block.ts';
import type { TapeNode } from '../../autograd/tape-node.ts';
import type { Attributes, LeafKind } from '../../tensor/runtime.ts';
import { packedKinds } from '../../trace/packed.ts';
import { WholeNumbers } from './whole-numbers.ts';

/** What is known of a node, in one piece. */
export interface NotedNode {
  readonly id: NodeId;
  readonly op: string;
  readonly kind: LeafKind | 'op';
  readonly attributes: Attributes;
  readonly tape: TapeNode;
  readonly scope: ScopeId;
  readonly name: string | null;
  readonly held: Block;
}

const noSite = -1;
/** A tensor that is handed round a loop passes the same places without end. */
const maxSites = 64;

/** The numbers of a node, next to one another in one list for all. */
const columns = 6;
const kindColumn = 0;
/** 1 if something was made of it. */
const usedColumn = 1;
const scopeColumn = 2;
const inputEndColumn = 3;
const firstSiteColumn = 4;
const siteCountColumn = 5;

/**
 * The nodes of a run, in columns: a node takes a few places in lists that are there anyway, and no objects of its own, which
 * the garbage collector would have to carry along for as long as the run goes on.
 */
export class NodeTable {
  readonly #tapes: TapeNode[] = [];
  #rows = new Int32Array(columns * 256);
  /** Of those that the trace tells otherwise than the tape: what is made where nothing is recorded is a constant of the model. */
  readonly #told = new Map<NodeId, Pick<NotedNode, 'op' | 'attributes'>>();
  /** What leaves held then: they may be given another content later. */
  readonly #leaves = new Map<NodeId, Block>();
  readonly #names: (string | null)[] = [];
  /** The inputs of all nodes, one after another. */
  readonly #inputs = new WholeNumbers();
  /** Most nodes have one place or none; the others of a node follow as pairs with it. */
  readonly #moreSites = new WholeNumbers();
  /** Of nodes that are others again: after its first place, a node has the others of that one. */
  readonly #continued = new Map<NodeId, NodeId>();

  get count(): number {
    return this.#tapes.length;
  }

  /** Of the node that is added next. */
  addInput(id: NodeId): void {
    this.#inputs.push(id);
    this.#rows[columns * id + usedColumn] = 1;
  }

  add(op: string, kind: LeafKind | 'op', attributes: Attributes, tape: TapeNode, scope: ScopeId): NodeId {
    const id = this.#tapes.length as NodeId;
    const at = columns * id;
    if (at === this.#rows.length) this.#grow();
    const rows = this.#rows;
    rows[at + kindColumn] = kind === 'op' ? 0 : packedKinds.indexOf(kind);
    rows[at + scopeColumn] = scope;
    rows[at + inputEndColumn] = this.#inputs.length;
    rows[at + firstSiteColumn] = noSite;
    this.#tapes.push(tape);
    this.#names.push(null);
    if (op !== tape.op || attributes !== tape.attributes) this.#told.set(id, { op, attributes });
    if (kind !== 'op') this.hold(id);
    return id;
  }

  /** The same again under the same name and at the same places, with what the tensor holds now. */
  again(id: NodeId, scope: ScopeId): NodeId {
    const { op, kind, attributes, tape, name } = this.at(id);
    const next = this.add(op, kind, attributes, tape, scope);
    this.#names[next] = name;
    const first = this.firstSiteOf(id);
    if (first !== null) this.addSite(next, first);
    this.#continued.set(next, id);
    return next;
  }

  at(id: NodeId): NotedNode {
    const tape = this.#tapes[id]!;
    const { op, attributes } = this.#told.get(id) ?? tape;
    return {
      id,
      op,
      kind: this.kindOf(id),
      attributes,
      tape,
      scope: this.#rows[columns * id + scopeColumn] as ScopeId,
      name: this.#names[id]!,
      held: this.#leaves.get(id) ?? tape,
    };
  }

  /** Where a node's inputs begin among those of all; they end where the next one's begin. */
  inputsFrom(id: number): number {
    return id === 0 ? 0 : this.#rows[columns * (id - 1) + inputEndColumn]!;
  }

  /** By its place among all inputs. */
  inputAt(place: number): NodeId {
    return this.#inputs.at(place) as NodeId;
  }

  kindOf(id: NodeId): LeafKind | 'op' {
    return packedKinds[this.#rows[columns * id + kindColumn]!]!;
  }

  tapeOf(id: NodeId): TapeNode {
    return this.#tapes[id]!;
  }

  nameOf(id: NodeId): string | null {
    return this.#names[id]!;
  }

  firstSiteOf(id: NodeId): SiteId | null {
    const site = this.#rows[columns * id + firstSiteColumn]!;
    return site === noSite ? null : (site as SiteId);
  }

  isUsed(id: NodeId): boolean {
    return this.#rows[columns * id + usedColumn] === 1;
  }

  setName(id: NodeId, name: string): void {
    this.#names[id] = name;
  }

  /** Notes what the tensor holds now. */
  hold(id: NodeId): void {
    const { data, shape, dtype } = this.#tapes[id]!;
    this.#leaves.set(id, { data, shape, dtype });
  }

  addSite(id: NodeId, site: SiteId): void {
    const rows = this.#rows;
    const at = columns * id;
    const count = rows[at + siteCountColumn]!;
    if (count === maxSites) return;
    rows[at + siteCountColumn] = count + 1;
    if (count === 0) rows[at + firstSiteColumn] = site;
    else {
      this.#moreSites.push(id);
      this.#moreSites.push(site);
    }
  }

  /** The inputs of a range of nodes that are before it. */
  inputsBefore(first: number, end: number): Set<NodeId> {
    const found = new Set<NodeId>();
    const to = this.inputsFrom(end);
    for (let i = this.inputsFrom(first); i < to; i++) {
      const input = this.inputAt(i);
      if (input < first) found.add(input);
    }
    return found;
  }

  /** Places of all nodes, one after another, and where each node's begin; the last beginning is where all end. */
  allSites(): { readonly sites: WholeNumbers; readonly starts: Int32Array } {
    const { further, begin } = this.#furtherSites();
    const sites = new WholeNumbers();
    const starts = new Int32Array(this.count + 1);
    for (let id = 0 as NodeId; id < this.count; id++) {
      const room = sites.length + maxSites;
      if (this.#siteCountOf(id) > 0) sites.push(this.#rows[columns * id + firstSiteColumn]!);
      const former = this.#continued.get(id);
      if (former !== undefined)
        for (let i = starts[former]! + 1; i < starts[former + 1]! && sites.length < room; i++) sites.push(sites.at(i));
      for (let i = begin[id]!; i < begin[id + 1]! && sites.length < room; i++) sites.push(further[i]!);
      starts[id + 1] = sites.length;
    }
    return { sites, starts };
  }

  /** The places of each node after its first. */
  #furtherSites(): { readonly further: Int32Array; readonly begin: Int32Array } {
    const begin = new Int32Array(this.count + 1);
    for (let id = 0; id < this.count; id++) begin[id + 1] = begin[id]! + Math.max(0, this.#siteCountOf(id) - 1);
    const further = new Int32Array(begin[this.count]!);
    const next = begin.slice();
    for (let i = 0; i < this.#moreSites.length; i += 2)
      further[next[this.#moreSites.at(i)]!++] = this.#moreSites.at(i + 1);
    return { further, begin };
  }

  #siteCountOf(id: number): number {
    return this.#rows[columns * id + siteCountColumn]!;
  }

  #grow(): void {
    const wider = new Int32Array(2 * this.#rows.length);
    wider.set(this.#rows);
    this.#rows = wider;
  }
}
