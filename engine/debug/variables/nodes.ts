import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Block } from '../../autograd/block.ts';
import { MissingContent } from '../../replay/recording.ts';
import { RequestError } from '../arguments.ts';
import { ifKept } from '../kept.ts';
import { gradientMemory, valueMemory } from '../memory.ts';
import type { Playback } from '../playback.ts';
import { type Children, type Entry, grouped, listed } from './entry.ts';
import { numberIn } from './number-in.ts';
import { type About, tensorEntry } from './tensor.ts';

/** Entries for values and gradients of nodes, as they are at the present position. */
export class NodeEntries {
  /** @param changed called when a leaf was given another value. */
  constructor(
    readonly playback: Playback,
    readonly changed: (leaf: NodeId) => void,
  ) {}

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
      children: listed([this.value(node, t('value')), this.gradient(node, t('gradient'))], (name, text) => {
        if (name !== t('value')) throw new RequestError(t('A gradient follows from values: change those.'));
        return this.assign(node, text);
      }),
    };
  }

  values(nodes: readonly NodeId[]): Children {
    return grouped(nodes.length, (i) => this.value(nodes[i]!), this.#assigning(nodes));
  }

  gradients(nodes: readonly NodeId[]): Children {
    return grouped(nodes.length, (i) => this.gradient(nodes[i]!));
  }

  leaves(nodes: readonly NodeId[]): Children {
    return grouped(nodes.length, (i) => this.both(nodes[i]!), this.#assigning(nodes));
  }

  /** Gives a leaf of one number another. @throws RequestError */
  assign(node: NodeId, text: string): Entry {
    const { shape } = this.playback.graph.node(node);
    if (shape.length > 0) throw new RequestError(t('A tensor is changed element by element.'));
    this.assignElement(node, 0, text);
    return this.value(node);
  }

  /** Returns the number as it is stored. @throws RequestError for what is no leaf, and for a text that is no number. */
  assignElement(node: NodeId, element: number, text: string): number {
    const { graph, replay, names } = this.playback;
    if (graph.node(node).kind === 'op')
      throw new RequestError(t('{0} is computed: change a parameter, an input or a constant.', names.shown(node)));
    const data = ifKept(() => replay.value(node).data);
    if (!data) throw tooLarge();
    if (!(element >= 0 && element < data.length)) throw new RequestError(t('There is no such element.'));
    const content = data.slice();
    content[element] = numberIn(text);
    if (ifKept(() => (this.playback.change(node, content), true)) === null) throw tooLarge();
    this.changed(node);
    return content[element];
  }

  #assigning(nodes: readonly NodeId[]): Children['assign'] {
    return (name, text) => {
      const node = nodes.find((id) => this.playback.names.written(id) === name);
      if (node === undefined) throw new RequestError(t("There is no '{0}' here.", name));
      return this.assign(node, text);
    };
  }

  #about(node: NodeId): About {
    const { graph, names } = this.playback;
    return {
      expression: names.written(node),
      memory: valueMemory(node),
      ...(graph.node(node).kind !== 'op' && {
        assign: (element: number, text: string) => this.assignElement(node, element, text),
      }),
    };
  }
}

const tooLarge = (): RequestError =>
  new RequestError(t('This is too large: the trace did not keep what it is made of.'));

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
