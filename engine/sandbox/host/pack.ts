import type { NodeId, SiteId } from '../../base/brand.ts';
import { type Block, firstOf } from '../../autograd/block.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { type Content, type PassExpectation, type Site, maxElements, maxLeafElements } from '../../trace/format.ts';
import {
  type PackedContents,
  type PackedNodes,
  type PackedPass,
  type PackedTrace,
  packedDtypes,
  packedKinds,
} from '../../trace/packed.ts';
import { contentOf } from './content.ts';
import type { Expected, PassDraft, Reading } from './pass-draft.ts';
import type { Recorder } from './recorder.ts';
import { Table } from './table.ts';
import { WholeNumbers } from './whole-numbers.ts';

/**
 * A trace's nodes and passes, from what was noted during a run. Nodes that only passes had which were let go are left out; the
 * rest move up, because a node's id is its position.
 */
export function packed(recorder: Recorder): Pick<PackedTrace, 'nodes' | 'passes' | 'sites' | 'scopes' | 'contents'> {
  const packer = new Packer(recorder);
  const nodes = packer.nodes();
  const last = recorder.passes.all.at(-1);
  const passes = recorder.passes.all.map((pass) =>
    packer.pass(pass, pass === last ? recorder.expectations.unanswered : []),
  );
  return { nodes, passes, sites: packer.sites, scopes: recorder.stack.packed(), contents: packer.contents.packed() };
}

class Packer {
  readonly sites = new Map<SiteId, Site>();
  readonly contents = new Contents();
  readonly #recorder: Recorder;
  readonly #kept: Uint8Array;
  /** Where each kept node comes to be. */
  readonly #moved: Int32Array;

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

  nodes(): PackedNodes {
    const [texts, attributes, shapes] = [new Table<string>(), new Table<object>(), new Table<object>()];
    const { table } = this.#recorder;
    const { sites, starts } = table.allSites();
    const rows = new WholeNumbers();
    for (let at = 0; at < this.#kept.length; at++) {
      if (this.#kept[at] === 0) continue;
      const node = table.at(at as NodeId);
      const [inputsFrom, inputsTo] = [table.inputsFrom(at), table.inputsFrom(at + 1)];
      const [sitesFrom, sitesTo] = [starts[at]!, starts[at + 1]!];
      const { dtype, shape, requiresGrad } = node.tape;
      rows.push(texts.numberOf(node.op));
      rows.push(packedKinds.indexOf(node.kind));
      rows.push(attributes.numberOf(node.attributes));
      rows.push(packedDtypes.indexOf(dtype));
      rows.push(shapes.numberOf(shape));
      rows.push(Number(requiresGrad));
      rows.push(node.name === null ? -1 : texts.numberOf(node.name));
      rows.push(node.scope);
      // All else can be computed anew from leaves.
      rows.push(this.contents.numberOf(node.held, node.kind === 'op' ? maxElements : maxLeafElements));
      rows.push(inputsTo - inputsFrom);
      rows.push(sitesTo - sitesFrom);
      for (let i = inputsFrom; i < inputsTo; i++) rows.push(this.#moved[table.inputAt(i)]!);
      for (let i = sitesFrom; i < sitesTo; i++) {
        this.#see(sites.at(i) as SiteId);
        rows.push(sites.at(i));
      }
    }
    return {
      texts: texts.items,
      attributes: attributes.items as PackedNodes['attributes'],
      shapes: shapes.items as PackedNodes['shapes'],
      rows: rows.all(),
    };
  }

  /** @param unanswered what is expected of gradients that no pass has */
  pass(draft: PassDraft, unanswered: readonly Expected[]): PackedPass {
    const { named, earlier, first, end, step } = draft;
    if (named.site !== null) this.#see(named.site);
    const nodes = new WholeNumbers();
    for (const id of earlier) nodes.push(this.#moved[id]!);
    for (let id = first; id < end; id++) nodes.push(this.#moved[id]!);
    const expectations = [...draft.expectations, ...unanswered].flatMap((expected) =>
      this.#expectation(draft, expected),
    );
    // What is passed on unchanged, as gradients often are, is one content.
    const known = new Map<Reading, number>();
    return {
      ...named,
      loss: this.#to(named.loss),
      nodes: nodes.all(),
      gradients: this.#gradients(draft, known),
      contributions: this.#contributions(draft, known),
      ...(expectations.length > 0 && { expectations }),
      step: step && { ...step, updates: step.updates.map((update) => ({ ...update, node: this.#to(update.node) })) },
    };
  }

  #expectation(draft: PassDraft, { tensor, expectation, site }: Expected): PassExpectation[] {
    const id = this.#recorder.idIn(draft, tensor);
    if (id === null || this.#kept[id] === 0) return [];
    if (site !== null) this.#see(site);
    return [{ node: this.#to(id), site, ...expectation }];
  }

  #gradients(draft: PassDraft, known: Map<Reading, number>): Int32Array {
    const rows = new WholeNumbers();
    draft.eachGradient((tensor, gradient) => {
      const id = this.#recorder.idIn(draft, tensor);
      if (id === null) return;
      rows.push(this.#moved[id]!);
      rows.push(this.#reading(gradient, known));
    });
    return rows.all();
  }

  #contributions(draft: PassDraft, known: Map<Reading, number>): Int32Array {
    const { nodes, inputs, values } = draft.contributions;
    const rows = new WholeNumbers();
    for (let i = 0; i < nodes.length; i++) {
      const id = this.#recorder.idIn(draft, nodes[i]!);
      if (id === null) continue;
      rows.push(this.#moved[id]!);
      rows.push(inputs.at(i));
      rows.push(this.#reading(values[i]!, known));
    }
    return rows.all();
  }

  #to(id: NodeId): NodeId {
    return this.#moved[id]! as NodeId;
  }

  #see(id: SiteId): void {
    const site = this.sites.has(id) ? null : this.#recorder.places.site(id);
    if (site) this.sites.set(id, site);
  }

  #reading(reading: Reading, known: Map<Reading, number>): number {
    // A number costs less to write twice than to be looked for.
    if (!('statistics' in reading) && sizeOf(reading.shape) === 1) return this.contents.numberOf(reading);
    let number = known.get(reading);
    if (number === undefined) {
      number = 'statistics' in reading ? this.contents.add(reading) : this.contents.numberOf(reading);
      known.set(reading, number);
    }
    return number;
  }
}

/** The contents of a trace, by number: see `PackedContents`. */
class Contents {
  readonly #numbers: number[] = [];
  readonly #dtypes: number[] = [];
  readonly #others: Content[] = [];
  /** Tensors may share their numbers, as a tensor and its reshaping do. */
  readonly #known = new Map<TypedArray, number>();

  numberOf(block: Block, kept = maxElements): number {
    if (sizeOf(block.shape) === 1) {
      this.#dtypes.push(packedDtypes.indexOf(block.dtype));
      return this.#numbers.push(firstOf(block)) - 1;
    }
    const { data } = block;
    const number = this.#known.get(data) ?? this.add(contentOf(data, kept));
    this.#known.set(data, number);
    return number;
  }

  add(content: Content): number {
    return -this.#others.push(content);
  }

  packed(): PackedContents {
    return {
      numbers: new Float64Array(this.#numbers),
      dtypes: new Uint8Array(this.#dtypes),
      others: this.#others,
    };
  }
}

/** 1 for each node that the trace has. */
function keptNodes({ table, passes }: Recorder): Uint8Array {
  const kept = new Uint8Array(table.count).fill(1);
  const mark = ({ earlier, first, end }: Pick<PassDraft, 'earlier' | 'first' | 'end'>, value: number): void => {
    for (const id of earlier) kept[id] = value;
    kept.fill(value, first, end);
  };
  for (const pass of passes.dropped) mark(pass, 0);
  for (const pass of passes.all) mark(pass, 1);
  // What a kept node was made from stays; inputs come before what uses them.
  for (let id = table.count - 1; id >= 0; id--)
    if (kept[id] === 1)
      for (let i = table.inputsFrom(id); i < table.inputsFrom(id + 1); i++) kept[table.inputAt(i)] = 1;
  return kept;
}
