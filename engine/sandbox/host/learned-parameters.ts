import type { TapeNode } from '../../autograd/tape-node.ts';
import { t } from '../../base/l10n.ts';
import type { TrainedParameter } from '../../protocol/training.ts';
import type { Learned } from '../../training/record.ts';
import type { ParameterNames } from './parameter-names.ts';

/** What a training learns, as the source names it: a module names its parameters when it is first called. */
export class LearnedParameters {
  constructor(
    readonly nodes: readonly TapeNode[],
    readonly names: ParameterNames,
  ) {}

  get learned(): readonly Learned[] {
    return this.nodes.map((node) => ({ name: this.labelOf(node), size: node.data.length }));
  }

  /** The weights as they stand. */
  get weights(): readonly TrainedParameter[] {
    return this.nodes.map((node) => ({ ...this.#nameOf(node), shape: node.shape, values: Array.from(node.data) }));
  }

  /** Of several of one name, each after the first has a number. */
  labelOf(parameter: TapeNode): string {
    const { name, ordinal } = this.#nameOf(parameter);
    return ordinal === 0 ? name : `${name} (${ordinal + 1})`;
  }

  #nameOf(parameter: TapeNode): Pick<TrainedParameter, 'name' | 'ordinal'> {
    const { name, ordinal } = this.names.of(parameter) ?? { name: t('parameter'), ordinal: 0 };
    return { name, ordinal };
  }
}
