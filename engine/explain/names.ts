import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Shape } from '../tensor/shape.ts';
import { formatExact } from './numbers.ts';

const greek: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  psi: 'ψ',
  omega: 'ω',
};
const subscripts: Readonly<Record<string, string>> = {
  0: '₀',
  1: '₁',
  2: '₂',
  3: '₃',
  4: '₄',
  5: '₅',
  6: '₆',
  7: '₇',
  8: '₈',
  9: '₉',
  i: 'ᵢ',
  j: 'ⱼ',
  k: 'ₖ',
  m: 'ₘ',
  n: 'ₙ',
  p: 'ₚ',
  t: 'ₜ',
  x: 'ₓ',
};

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * A name of the source as a textbook would set it: `w1` → `w₁`, `Yj` → `Yⱼ`, `alpha` → `α`, and with a layer before its index
 * `a2_1` → `a²₁`. Other names stay as they are.
 */
export function typeset(name: string): string {
  const layered = /^([A-Za-z]+)(\d+)_(\d+(?:\[\d+\])*)$/.exec(name);
  if (layered) {
    const [, base, layer, index] = layered;
    const raised = Array.from(layer!, (digit) => superscripts[Number(digit)]!).join('');
    const set = typeset(`${base!}${index!}`);
    const at = set.search(/[₀-₉]/);
    return set.slice(0, at) + raised + set.slice(at);
  }
  const match = /^(.*?)(\d+|(?<=^[A-Za-z])_?[ijkmnptx])?((?:\[\d+\])*)$/u.exec(name);
  if (!match) return name;
  const [, base, index = '', places] = match;
  // A lone capital takes a letter as its index; in a word the last letter belongs to the word.
  const isIndex = /^\d+$/.test(index) || /^[A-Z]$/.test(base!) || index.startsWith('_');
  if (index !== '' && !isIndex) return name;
  const set = Array.from(index.replace('_', ''))
    .map((character) => subscripts[character] ?? character)
    .join('');
  return `${greek[base!] ?? base!}${set}${places!}`;
}

/** Constants without a name are written out up to this size: what stands in the source as `[[1], [0]]` is known by that. */
const shownElements = 6;

/** Row-major contents as nested lists. */
function literal(texts: readonly string[], shape: Shape): string {
  if (shape.length === 0) return texts[0] ?? '[]';
  const [size, ...rest] = shape;
  const each = texts.length / Math.max(1, size!);
  return `[${Array.from({ length: size! }, (_, i) => literal(texts.slice(i * each, (i + 1) * each), rest)).join(', ')}]`;
}

/** What nodes are called, in one pass. A name that occurs more than once gets its repetition: `h[0]`, `h[1]`. */
export class Names {
  readonly #written = new Map<NodeId, string>();
  readonly #loss: NodeId;
  readonly #unnamedLoss: boolean;

  constructor(readonly graph: PassGraph) {
    this.#loss = graph.pass.loss;
    this.#unnamedLoss = graph.node(this.#loss).name === null;
    const byName = new Map<string, NodeId[]>();
    for (const id of graph.nodes) {
      const { name } = graph.node(id);
      if (name === null) continue;
      const same = byName.get(name);
      if (same) same.push(id);
      else byName.set(name, [id]);
    }
    for (const [name, ids] of byName)
      ids.forEach((id, i) => this.#written.set(id, ids.length === 1 ? name : `${name}[${i}]`));
  }

  /** As in the source, unambiguous in its pass; `loss` for a loss without a name, `mul#6` for an op without one. */
  written(id: NodeId): string {
    const name = this.#written.get(id);
    if (name !== undefined) return name;
    if (id === this.#loss) return 'loss';
    const node = this.graph.node(id);
    return `${node.op}#${id}`;
  }

  /** As shown. An unnamed loss is L, as everywhere. */
  shown(id: NodeId): string {
    const node = this.graph.node(id);
    if (this.#written.has(id)) return typeset(this.written(id));
    if (id === this.#loss && this.#unnamedLoss) return 'L';
    if (node.kind === 'constant' && node.value.data && node.value.data.length <= shownElements)
      return literal(Array.from(node.value.data, formatExact), node.shape);
    return this.written(id);
  }

  /** `∂E/∂w₁`. */
  partial(of: NodeId, by: NodeId): string {
    return `∂${this.shown(of)}/∂${this.shown(by)}`;
  }

  /** The node that a name of the source means; the last of several. */
  find(name: string): NodeId | null {
    const ids = this.graph.nodes;
    const exact = ids.filter((id) => this.written(id) === name || this.shown(id) === name);
    const loose = exact.length > 0 ? exact : ids.filter((id) => this.graph.node(id).name === name);
    return loose.at(-1) ?? null;
  }
}
