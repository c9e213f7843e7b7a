import type { ModulePath, NodeId, SiteId } from '../../base/brand.ts';
import type { TapeNode, TapePass } from '../../autograd/tape-node.ts';
import type { OptimizerStep, Pass, Site } from '../../trace/format.ts';
import type { Expectation } from '../../tensor/expectation.ts';
import type { Attributes, LeafKind } from '../../tensor/runtime.ts';
import type { StaticScope } from '../../source/module.ts';
import { Expectations } from './expectations.ts';
import { KeptPasses } from './kept-passes.ts';
import { NodeTable } from './node-table.ts';
import type { Overrides } from './overrides.ts';
import { Contributions, PassDraft } from './pass-draft.ts';
import { ScopeStack } from './scopes.ts';
import { WholeNumbers } from './whole-numbers.ts';

const none: Attributes = {};

/** Told of leaves while nobody has read them. */
export interface LeafWatcher {
  made(id: NodeId, leaf: TapeNode): void;
  /** A parameter gets a name: then somebody may have read it. */
  named(id: NodeId, leaf: TapeNode, name: string): void;
}

/** What is known of the places that the guest's numbers mean. */
export interface Places {
  site(id: number): Site | null;
  scope(id: number): StaticScope | null;
}

/**
 * Notes what a program makes while it runs: a node for every tensor of the user's code. A program that trains makes thousands of
 * passes, of which the trace tells the newest: what has to be worked out to write one is left until then.
 */
export class Recorder {
  readonly table = new NodeTable();
  readonly passes = new KeptPasses();
  readonly expectations = new Expectations();
  readonly stack: ScopeStack;
  /** Off while an optimiser steps: what it makes is none of the model's. */
  recording = true;
  /** Told of the names of what is not recorded. */
  unrecorded: ((tensor: TapeNode, name: string) => void) | null = null;
  /** Where the program was last seen. */
  lastSeen: Pick<Site, 'file' | 'span'> | null = null;
  /** Node by the order in which the tape made it, −1 for none: the tape counts from 0. */
  readonly #ids = new WholeNumbers();
  /** Nodes that leaves were before they were given new content. */
  readonly #former = new Map<TapeNode, NodeId[]>();
  #passStart = 0;

  constructor(
    entry: ModulePath,
    readonly places: Places,
    readonly watcher: LeafWatcher = { made: () => undefined, named: () => undefined },
  ) {
    this.stack = new ScopeStack(entry);
  }

  /** Kinds and places of all nodes. */
  get nodes(): readonly { readonly kind: LeafKind | 'op'; readonly sites: readonly SiteId[] }[] {
    const { sites, starts } = this.table.allSites();
    return Array.from({ length: this.table.count }, (_, id) => ({
      kind: this.table.kindOf(id as NodeId),
      sites: Array.from(sites.slice(starts[id]!, starts[id + 1]!)) as SiteId[],
    }));
  }

  add(op: string, kind: LeafKind | 'op', inputs: readonly TapeNode[], attributes: Attributes, output: TapeNode): void {
    if (!this.recording) return;
    // First all are noted, because a node's inputs lie together in the table.
    for (let i = 0; i < inputs.length; i++) if (this.#idOf(inputs[i]!) < 0) this.idOf(inputs[i]!);
    for (let i = 0; i < inputs.length; i++) this.table.addInput(this.#idOf(inputs[i]!));
    this.#note(op, kind, attributes, output);
  }

  /** A tensor that no record made (a gradient, an updated weight) becomes a constant where the model uses it. */
  idOf(tensor: TapeNode): NodeId {
    const id = this.#idOf(tensor);
    return id < 0 ? this.#note('constant', 'constant', none, tensor) : id;
  }

  /** What a tensor was in a pass; null for what is no part of the trace. */
  idIn({ end }: PassDraft, tensor: TapeNode): NodeId | null {
    const id = this.#idOf(tensor);
    if (id < end) return id < 0 ? null : id;
    return (
      this.#former
        .get(tensor)
        ?.filter((former) => former < end)
        .at(-1) ?? null
    );
  }

  site(tensor: TapeNode, at: number): void {
    const site = this.places.site(at);
    if (!site) return;
    this.lastSeen = site;
    const id = this.#idOf(tensor);
    if (id >= 0) this.table.addSite(id, site.id);
  }

  bind(tensor: TapeNode, at: number, index: number): void {
    const name = this.places.site(at)?.name ?? null;
    const id = this.#idOf(tensor);
    if (name !== null && !this.recording) this.unrecorded?.(tensor, name);
    if (name === null || id < 0) return;
    this.site(tensor, at);
    if (this.table.nameOf(id) === null) this.#name(id, tensor, index < 0 ? name : `${name}[${index}]`);
  }

  watch(tensor: TapeNode, name: string): void {
    const id = this.#idOf(tensor);
    if (id >= 0) this.#name(id, tensor, name.slice(0, 200));
    else this.unrecorded?.(tensor, name.slice(0, 200));
  }

  #name(id: NodeId, tensor: TapeNode, name: string): void {
    this.table.setName(id, name);
    if (this.table.kindOf(id) === 'parameter') this.watcher.named(id, tensor, name);
  }

  /**
   * A leaf was given new content. What was computed from the old one keeps it: the leaf goes on as another node with the same
   * name and place.
   */
  assigned(leaf: TapeNode): void {
    const id = this.#idOf(leaf);
    if (id < 0 || !this.recording) return;
    if (!this.table.isUsed(id)) {
      this.watcher.made(id, leaf);
      return this.table.hold(id);
    }
    const former = this.#former.get(leaf);
    if (former) former.push(id);
    else this.#former.set(leaf, [id]);
    this.watcher.made(this.table.count as NodeId, leaf);
    this.#ids.set(leaf.order, this.table.again(id, this.stack.current()));
  }

  /** What leaves are now, whichever they were before. */
  get leaves(): Parameters<Overrides['trained']>[0] {
    const { table } = this;
    return {
      count: table.count,
      leaf: (id) => {
        const leaf = table.tapeOf(id);
        return table.kindOf(id) === 'op' || this.#idOf(leaf) !== id ? null : { leaf, isUsed: table.isUsed(id) };
      },
      hold: (id) => table.hold(id),
    };
  }

  /** Something is expected of a gradient: it is compared when a trace is read. */
  expected(tensor: TapeNode, expectation: Expectation): void {
    if (this.recording) this.expectations.add(tensor, expectation);
  }

  /** Null for what has none, or is no part of the trace. */
  nameOf(tensor: TapeNode): string | null {
    const id = this.#idOf(tensor);
    return id < 0 ? null : this.table.nameOf(id);
  }

  /** Where the expression stands that made a tensor. */
  placeOf(tensor: TapeNode): Site | null {
    const id = this.#idOf(tensor);
    const site = id < 0 ? null : this.table.firstSiteOf(id);
    return site === null ? null : this.places.site(site);
  }

  /** All parameters so far. */
  parameters(): TapeNode[] {
    const found = new Set<TapeNode>();
    for (let id = 0 as NodeId; id < this.table.count; id++)
      if (this.table.kindOf(id) === 'parameter') found.add(this.table.tapeOf(id));
    return [...found];
  }

  startPass(): void {
    this.#passStart = this.table.count;
    this.expectations.passBegins();
  }

  /** Everything made since the pass began, and all that the loss depends on. */
  endPass(
    named: Pick<Pass, 'name' | 'kind' | 'site'>,
    lossTensor: TapeNode,
    backward: Pick<TapePass, 'nodes' | 'gradients'>,
    contributions: Contributions,
    step: OptimizerStep | null,
  ): void {
    const loss = this.idOf(lossTensor);
    const first = this.#passStart;
    const end = this.table.count;
    const earlier = this.table.inputsBefore(first, end);
    if (loss < first) earlier.add(loss);
    for (const id of earlier)
      for (let i = this.table.inputsFrom(id); i < this.table.inputsFrom(id + 1); i++)
        earlier.add(this.table.inputAt(i));
    const before = [...earlier].sort((a, b) => a - b);
    const pass = new PassDraft({ ...named, loss }, before, first, end, backward, contributions, step);
    this.expectations.passEnds(pass, backward);
    this.passes.add(pass);
    this.#passStart = end;
  }

  /**
   * A run ends before its pass does: what was made of it becomes a pass without gradients, whose loss is the last thing with
   * a name. False where nothing was.
   */
  abandonPass({ name, site }: Pick<Pass, 'name' | 'site'>): boolean {
    let last: NodeId | null = null;
    for (let id = (this.table.count - 1) as NodeId; id >= this.#passStart; id--) {
      if (this.table.kindOf(id) !== 'op') continue;
      last ??= id;
      if (this.table.nameOf(id) === null) continue;
      last = id;
      break;
    }
    if (last === null) return false;
    const none = { nodes: [], gradients: [] };
    this.endPass({ name, kind: 'model', site }, this.table.tapeOf(last), none, new Contributions(), null);
    return true;
  }

  #idOf({ order }: TapeNode): NodeId {
    return (order < this.#ids.length ? this.#ids.at(order) : -1) as NodeId;
  }

  /** A node with the inputs that were told before it. */
  #note(op: string, kind: LeafKind | 'op', attributes: Attributes, output: TapeNode): NodeId {
    if (kind !== 'op') this.watcher.made(this.table.count as NodeId, output);
    const id = this.table.add(op, kind, attributes, output, this.stack.current());
    while (this.#ids.length < output.order) this.#ids.push(-1);
    if (this.#ids.length === output.order) this.#ids.push(id);
    else this.#ids.set(output.order, id);
    return id;
  }
}
