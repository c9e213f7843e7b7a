import type { ModulePath, NodeId, ScopeId, SiteId } from '../../base/brand.ts';
import type { TapeNode } from '../../autograd/local-runtime.ts';
import type { Block } from '../../autograd/block.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import {
  type Contribution,
  type OptimizerStep,
  type Pass,
  type Scope,
  type Site,
  type TraceNode,
  maxElements,
  maxLeafElements,
} from '../../trace/format.ts';
import { contentOf } from '../../trace/statistics.ts';
import type { Attributes, LeafKind } from '../../tensor/runtime.ts';
import type { StaticScope } from '../../source/module.ts';
import { ScopeStack } from './scopes.ts';

const keptBackwardPasses = 50;

type Draft = { -readonly [Key in keyof TraceNode]: TraceNode[Key] } & { sites: SiteId[] };

/** What is known of the places that the guest's numbers mean. */
export interface Places {
  site(id: number): Site | null;
  scope(id: number): StaticScope | null;
}

/** Writes the trace while a program runs: a node for every tensor that the user's code makes. */
export class Recorder {
  readonly nodes: Draft[] = [];
  readonly passes: Pass[] = [];
  /** Nodes of passes that were let go; some of them are in others. */
  readonly dropped = new Set<NodeId>();
  readonly sites = new Map<SiteId, Site>();
  readonly stack: ScopeStack;
  /** Off while an optimiser steps: what it makes is none of the model's. */
  recording = true;
  /** Where the program was last seen. */
  lastSeen: Pick<Site, 'file' | 'span'> | null = null;
  readonly #ids = new Map<TapeNode, NodeId>();
  readonly #tensors: Tensor[] = [];
  /** Nodes that something was made from. */
  readonly #used = new Set<NodeId>();
  readonly #places: Places;
  readonly #overrides: { made(id: NodeId, leaf: Tensor): void };
  #passStart = 0;
  #droppedFirst = false;

  constructor(
    entry: ModulePath,
    places: Places,
    overrides = { made: (_id: NodeId, _leaf: Tensor): void => undefined },
  ) {
    this.stack = new ScopeStack(entry);
    this.#places = places;
    this.#overrides = overrides;
  }

  get scopes(): readonly Scope[] {
    return this.stack.scopes;
  }

  add(op: string, kind: LeafKind | 'op', inputs: readonly Tensor[], attributes: Attributes, output: Tensor): void {
    if (!this.recording) return;
    if (kind !== 'op') this.#overrides.made(this.nodes.length as NodeId, output);
    const inputIds = inputs.map((input) => this.idOf(input));
    this.#write(op, kind, inputIds, attributes, output);
  }

  /** A tensor that no record made (a gradient, an updated weight) becomes a constant where the model uses it. */
  idOf(tensor: Tensor): NodeId {
    return this.#ids.get(tensor.handle as TapeNode) ?? this.#write('constant', 'constant', [], {}, tensor);
  }

  site(tensor: Tensor, id: number): void {
    const node = this.#known(tensor);
    const site = this.#places.site(id);
    this.lastSeen = site ?? this.lastSeen;
    if (!node || !site || node.sites.length > 64) return;
    this.sites.set(site.id, site);
    node.sites.push(site.id);
  }

  bind(tensor: Tensor, id: number, index: number): void {
    const node = this.#known(tensor);
    const site = this.#places.site(id);
    if (!node || !site || site.name === null) return;
    this.site(tensor, id);
    node.name ??= index < 0 ? site.name : `${site.name}[${index}]`;
  }

  watch(tensor: Tensor, name: string): void {
    const node = this.#known(tensor);
    if (node) node.name = name.slice(0, 200);
  }

  /**
   * A leaf was given new content. What was computed from the old one keeps it: the leaf goes on as another node with the same
   * name and place.
   */
  assigned(leaf: Tensor): void {
    const node = this.#known(leaf);
    if (!node || !this.recording) return;
    const value = contentOf(leaf.data, maxLeafElements);
    if (!this.#used.has(node.id)) {
      node.value = value;
      return;
    }
    const id = this.nodes.length as NodeId;
    this.nodes.push({ ...node, id, sites: [...node.sites], scope: this.stack.current(), value });
    this.#ids.set(leaf.handle as TapeNode, id);
    this.#tensors.push(leaf);
  }

  tensorOf(id: NodeId): Tensor | null {
    return this.#tensors[id] ?? null;
  }

  /** Where the expression stands that made a tensor. */
  placeOf(tensor: Tensor): Site | null {
    const site = this.#known(tensor)?.sites[0];
    return site === undefined ? null : (this.sites.get(site) ?? null);
  }

  startPass(): void {
    this.#passStart = this.nodes.length;
  }

  /** Everything made since the pass began, and all that the loss depends on. */
  endPass(
    name: string,
    kind: Pass['kind'],
    site: SiteId | null,
    loss: Tensor,
    gradients: ReadonlyMap<TapeNode, Block>,
    contributions: readonly { node: TapeNode; input: number; contribution: Block }[],
    step: OptimizerStep | null,
  ): void {
    const lossId = this.idOf(loss);
    const members = new Set<NodeId>([lossId]);
    for (let i = this.#passStart; i < this.nodes.length; i++) members.add(i as NodeId);
    for (const id of members) for (const input of this.nodes[id]!.inputs) members.add(input);
    const known = [...gradients].flatMap(([node, gradient]) => {
      const id = this.#ids.get(node);
      return id === undefined ? [] : [[id, contentOf(gradient.data)] as const];
    });
    const told = contributions.flatMap(({ node, input, contribution }): Contribution[] => {
      const id = this.#ids.get(node);
      return id === undefined ? [] : [{ node: id, input, value: contentOf(contribution.data) }];
    });
    const nodes = [...members].sort((a, b) => a - b);
    this.#dropOld(kind);
    this.passes.push({ name, kind, site, loss: lossId, nodes, gradients: new Map(known), contributions: told, step });
    this.#passStart = this.nodes.length;
  }

  /** A program that trains makes thousands of passes: the newest tell what there is to tell. */
  #dropOld(kind: Pass['kind']): void {
    if (kind !== 'backward' || this.passes.filter((pass) => pass.kind === kind).length < keptBackwardPasses) return;
    const oldest = this.passes.findIndex((pass) => pass.kind === kind);
    const { nodes } = this.passes.splice(oldest, 1)[0]!;
    // What the program made before it began to train counts as the first pass's, and is not let go.
    if (this.#droppedFirst) for (const node of nodes) this.dropped.add(node);
    this.#droppedFirst = true;
  }

  #known(tensor: Tensor): Draft | null {
    const id = this.#ids.get(tensor.handle as TapeNode);
    return id === undefined ? null : this.nodes[id]!;
  }

  #write(op: string, kind: LeafKind | 'op', inputs: readonly NodeId[], attributes: Attributes, output: Tensor): NodeId {
    const id = this.nodes.length as NodeId;
    const { shape, dtype, requiresGrad } = output;
    for (const input of inputs) this.#used.add(input);
    const scope: ScopeId = this.stack.current();
    this.nodes.push({
      id,
      op,
      kind,
      inputs,
      attributes,
      dtype,
      shape,
      requiresGrad,
      name: null,
      sites: [],
      scope,
      value: contentOf(output.data, kind === 'op' ? maxElements : maxLeafElements),
    });
    this.#ids.set(output.handle as TapeNode, id);
    this.#tensors.push(output);
    return id;
  }
}
