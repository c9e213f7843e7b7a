import type { NodeId, SiteId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { TapeNode } from '../../autograd/tape-node.ts';
import type { LeafOverride, Overridden } from '../../protocol/worker.ts';
import { literalOf } from '../../source/literals.ts';
import type { Program } from './program.ts';

/** The recorder, as far as leaves go. */
interface Leaves {
  readonly count: number;
  /** Null for an op, and for a node that a leaf is no more. */
  leaf(id: NodeId): { readonly leaf: TapeNode; readonly isUsed: boolean } | null;
  /** The leaf holds another content from now on. */
  hold(id: NodeId): void;
}

/** What is known of a node that a run has made. */
interface Made {
  readonly kind: string;
  readonly sites: readonly SiteId[] | null;
}

/**
 * Numbers that take the place of the program's own, put in when a leaf is made: whatever reads it, reads them. Where steps of
 * training are made before the recorded one, that begins with them: those steps are the program's own.
 */
export class Overrides {
  readonly #byNode = new Map<NodeId, LeafOverride[]>();
  /** Those that were put in, with the leaf and the number as its dtype rounds it. */
  readonly #applied = new Map<LeafOverride, { readonly leaf: TapeNode; readonly to: number }>();

  readonly #why = new Map<LeafOverride, string>();
  #isTraining: boolean;

  /** @param isTrained whether steps of training are made before the recorded one: they wait for that. */
  constructor(
    readonly all: readonly LeafOverride[],
    readonly isTrained = false,
  ) {
    this.#isTraining = isTrained;
    for (const override of all) this.#byNode.set(override.node, [...(this.#byNode.get(override.node) ?? []), override]);
  }

  /** A leaf has just been made, and nobody has read it. */
  made(id: NodeId, leaf: TapeNode): void {
    const wanted = this.#isTraining ? undefined : this.#byNode.get(id);
    if (!wanted) return;
    // What the leaf is a copy of keeps its content.
    leaf.hold(leaf.data.slice());
    for (const override of wanted) {
      // Another number here is another leaf: the run took another way before it.
      if (!Object.is(leaf.data[override.element], override.from)) continue;
      leaf.data[override.element] = override.to;
      this.#applied.set(override, { leaf, to: leaf.data[override.element]! });
    }
  }

  /** The steps before the recorded one have been made. */
  trained(leaves: Leaves): void {
    this.#isTraining = false;
    for (const [id, wanted] of this.#byNode) {
      const found = id < leaves.count ? leaves.leaf(id) : null;
      if (!found) continue;
      if (found.isUsed) {
        const why = t('The program computed with it before the training began: what came of that stays.');
        for (const override of wanted) this.#why.set(override, why);
        continue;
      }
      this.made(id, found.leaf);
      leaves.hold(id);
    }
  }

  /** What became of them, and where the text has the numbers that they stood for. */
  told({ nodes }: { readonly nodes: readonly Made[] }, program: Program): Overridden[] {
    return this.all.map((override): Overridden => {
      const applied = this.#applied.get(override);
      if (!applied)
        return {
          ...override,
          applied: false,
          literal: { why: this.#why.get(override) ?? t('The run did not come to this number as it did before.') },
        };
      const literal = this.isTrained
        ? { why: t('A number in the text would be another in every step of the training, and not in this one alone.') }
        : literalFor(override, applied.leaf, nodes, program);
      return { ...override, to: applied.to, applied: true, literal };
    });
  }
}

function literalFor(
  { node, element }: LeafOverride,
  { shape }: TapeNode,
  nodes: readonly Made[],
  program: Program,
): Overridden['literal'] {
  const site = (nodes[node]?.sites ?? []).flatMap((id) => program.site(id) ?? []).find(isExpression);
  const text = site && program.modules.get(site.file)?.text;
  if (!site || text === undefined)
    return { why: t('No call of the text made it: it was made inside a layer or a function of the library.') };
  const { file, span: at } = site;
  const alike = nodes.filter(({ kind, sites }) => kind !== 'op' && sites?.includes(site.id)).length;
  if (alike > 1)
    return {
      why: t('This place of the text made {0} tensors: a number written there would change all of them.', alike),
    };
  const found = literalOf(file, text, at, shape, element);
  return 'why' in found ? found : { file, span: found.span, text: text.slice(found.span.start, found.span.end) };
}

const isExpression = ({ kind }: { readonly kind: string }): boolean => kind === 'expression';
