import type { NodeId, SiteId } from '../../base/brand.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import {
  type Content,
  type Contribution,
  type Pass,
  type Site,
  type TraceNode,
  maxElements,
  maxLeafElements,
} from '../../trace/format.ts';
import { contentOf } from './content.ts';
import type { PassDraft, Reading } from './pass-draft.ts';
import type { Recorder } from './recorder.ts';

interface Written {
  readonly nodes: readonly TraceNode[];
  readonly passes: readonly Pass[];
  readonly sites: ReadonlyMap<SiteId, Site>;
}

/**
 * A trace's nodes and passes, from what was noted during a run. Nodes that only passes had which were let go are left out; the
 * rest move up, because a node's id is its position.
 */
export function written(recorder: Recorder): Written {
  const writer = new Writer(recorder);
  return { nodes: writer.nodes(), passes: recorder.passes.map((pass) => writer.pass(pass)), sites: writer.sites };
}

class Writer {
  readonly sites = new Map<SiteId, Site>();
  readonly #recorder: Recorder;
  readonly #kept: Uint8Array;
  /** Where each kept node comes to be. */
  readonly #moved: Int32Array;
  readonly #contents = new Map<TypedArray, Content>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
    this.#kept = keptNodes(recorder);
    this.#moved = new Int32Array(this.#kept.length);
    let count = 0;
    for (let id = 0; id < this.#kept.length; id++) {
      this.#moved[id] = count;
      count += this.#kept[id]!;
    }
  }

  nodes(): TraceNode[] {
    const nodes: TraceNode[] = [];
    for (let at = 0; at < this.#kept.length; at++) {
      if (this.#kept[at] === 0) continue;
      const { id, op, kind, inputs, attributes, tape, scope, name, sites, data } = this.#recorder.table.at(
        at as NodeId,
      );
      const { dtype, shape, requiresGrad } = tape;
      for (const site of sites) this.#see(site);
      nodes.push({
        id: this.#to(id),
        op,
        kind,
        inputs: inputs.map((input) => this.#to(input)),
        attributes,
        dtype,
        shape,
        requiresGrad,
        name,
        sites,
        scope,
        // All else can be computed anew from leaves.
        value: this.#content(data, kind === 'op' ? maxElements : maxLeafElements),
      });
    }
    return nodes;
  }

  pass(draft: PassDraft): Pass {
    const { named, earlier, first, end, step } = draft;
    if (named.site !== null) this.#see(named.site);
    const nodes = earlier.map((id) => this.#to(id));
    for (let id = first; id < end; id++) nodes.push(this.#to(id as NodeId));
    // What is passed on unchanged, as gradients often are, is one content.
    const read = new Map<Reading, Content>();
    const gradients = new Map<NodeId, Content>();
    for (const [tensor, gradient] of draft.gradients()) {
      const id = this.#recorder.idIn(draft, tensor);
      if (id !== null) gradients.set(this.#to(id), this.#reading(gradient, read));
    }
    return {
      ...named,
      loss: this.#to(named.loss),
      nodes,
      gradients,
      contributions: this.#contributions(draft, read),
      step: step && { ...step, updates: step.updates.map((update) => ({ ...update, node: this.#to(update.node) })) },
    };
  }

  #contributions(draft: PassDraft, read: Map<Reading, Content>): Contribution[] {
    const { nodes, inputs, values } = draft.contributions;
    const told: Contribution[] = [];
    for (let i = 0; i < nodes.length; i++) {
      const id = this.#recorder.idIn(draft, nodes[i]!);
      if (id !== null) told.push({ node: this.#to(id), input: inputs.at(i), value: this.#reading(values[i]!, read) });
    }
    return told;
  }

  #to(id: NodeId): NodeId {
    return this.#moved[id]! as NodeId;
  }

  #see(id: SiteId): void {
    const site = this.sites.has(id) ? null : this.#recorder.places.site(id);
    if (site) this.sites.set(id, site);
  }

  #reading(reading: Reading, read: Map<Reading, Content>): Content {
    const known = read.get(reading);
    if (known) return known;
    const content = 'statistics' in reading ? reading : this.#content(reading.data);
    read.set(reading, content);
    return content;
  }

  /** Tensors may share their numbers, as a tensor and its reshaping do. */
  #content(data: TypedArray, kept = maxElements): Content {
    // A single number is sooner looked at than looked up.
    if (data.length === 1) return contentOf(data);
    const known = this.#contents.get(data);
    if (known) return known;
    const content = contentOf(data, kept);
    this.#contents.set(data, content);
    return content;
  }
}

/** 1 for each node that the trace has. */
function keptNodes({ table, passes, dropped }: Recorder): Uint8Array {
  const kept = new Uint8Array(table.count).fill(1);
  const mark = ({ earlier, first, end }: Pick<PassDraft, 'earlier' | 'first' | 'end'>, value: number): void => {
    for (const id of earlier) kept[id] = value;
    kept.fill(value, first, end);
  };
  for (const pass of dropped) mark(pass, 0);
  for (const pass of passes) mark(pass, 1);
  // What a kept node was made from stays; inputs come before what uses them.
  for (let id = table.count - 1; id >= 0; id--)
    if (kept[id] === 1) for (const input of table.inputsOf(id as NodeId)) kept[input] = 1;
  return kept;
}
