import type { NodeId } from '../../base/brand.ts';
import { indicesOf } from '../../base/indices.ts';
import { t } from '../../base/l10n.ts';
import type { Block } from '../../autograd/block.ts';
import { MissingContent } from '../../replay/recording.ts';
import { RequestError } from '../arguments.ts';
import { gradientMemory, valueMemory } from '../memory.ts';
import type { Playback } from '../playback.ts';
import type { LeafElement } from '../what-if.ts';
import { type Children, type Entry, grouped, listed } from './entry.ts';
import { type About, tensorEntry } from './tensor.ts';

/** Entries for values and gradients of nodes, as they are at the present position. */
export class NodeEntries {
  constructor(readonly playback: Playback) {}

  value(node: NodeId, name = this.playback.names.written(node)): Entry {
    const { replay, position } = this.playback;
    return entryIfKept(name, () => replay.valueAt(position, node), this.#about(node), t('not computed yet'));
  }

  gradient(node: NodeId, name = this.playback.names.written(node)): Entry {
    const { replay, position, names } = this.playback;
    const about = { expression: `${names.written(node)}.grad`, memory: gradientMemory(node, position) };
    return entryIfKept(name, () => replay.gradientAt(position, node), about, t('no gradient yet'));
  }

  /** A leaf that opens into its value and its gradient. */
  both(node: NodeId): Entry {
    const value = this.value(node);
    return {
      ...value,
      children: listed([this.value(node, t('value')), this.gradient(node, t('gradient'))], (name) => {
        if (name !== t('value')) throw new RequestError(t('A gradient follows from values: change those.'));
        return this.#only(node);
      }),
    };
  }

  values(nodes: readonly NodeId[]): Children {
    return grouped(nodes.length, (i) => this.value(nodes[i]!), this.#leafOf(nodes));
  }

  gradients(nodes: readonly NodeId[]): Children {
    return grouped(nodes.length, (i) => this.gradient(nodes[i]!));
  }

  leaves(nodes: readonly NodeId[]): Children {
    return grouped(nodes.length, (i) => this.both(nodes[i]!), this.#leafOf(nodes));
  }

  /** One number of a leaf, even of one that the pass does not come to in a what-if. */
  number({ node, element }: LeafElement): Entry {
    const { graph, names } = this.playback;
    if (graph.has(node) && graph.node(node).shape.length === 0) return this.value(node);
    const { shape, dtype, value } = graph.node(node);
    const indices = indicesOf(shape, element).map((index) => `[${index}]`);
    return tensorEntry(
      indices.at(-1) ?? '',
      { data: value.data!.subarray(element, element + 1), shape: [], dtype },
      {
        ...(graph.has(node) && { expression: names.written(node) + indices.join('') }),
        leaf: { node, element },
      },
    );
  }

  #leafOf(nodes: readonly NodeId[]): Children['leafOf'] {
    return (name) => {
      const node = nodes.find((id) => this.playback.names.written(id) === name);
      if (node === undefined) throw new RequestError(t("There is no '{0}' here.", name));
      return this.#only(node);
    };
  }

  /** The number of a tensor of one. @throws RequestError */
  #only(node: NodeId): LeafElement {
    const { shape } = this.playback.graph.node(node);
    if (shape.length > 0) throw new RequestError(t('A tensor is changed element by element.'));
    return { node, element: 0 };
  }

  #about(node: NodeId): About {
    const { graph, names } = this.playback;
    return {
      expression: names.written(node),
      memory: valueMemory(node),
      ...(graph.node(node).kind !== 'op' && { leaf: { node, element: 0 } }),
    };
  }
}

/** A tensor, if it is there and was kept; else why not. */
export function entryIfKept(name: string, read: () => Block | null, about: About, none: string): Entry {
  try {
    const block = read();
    return block ? tensorEntry(name, block, about) : absent(name, none);
  } catch (error) {
    if (error instanceof MissingContent) return absent(name, t('too large: the trace did not keep what it is made of'));
    throw error;
  }
}

const absent = (name: string, why: string): Entry => ({
  name,
  value: why,
  hint: { kind: 'data', attributes: ['readOnly'], visibility: 'public' },
});
