import { type Block, blockAlgebra } from '../autograd/block.ts';
import { allocate, isFloat, storageOf } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Applied, AppliedOp } from './applied.ts';
import type { Recording } from './recording.ts';

/** Computes formulas with the numbers of a recording; what is shared is computed once. */
export class Evaluation {
  readonly #values: Map<Applied, Block>;

  /** @param given what gradients and other parts are, where it is not for the recording to say. */
  constructor(
    readonly recording: Recording,
    given: Iterable<readonly [Applied, Block]> = [],
  ) {
    this.#values = new Map(given);
  }

  value(x: Applied): Block {
    const known = this.#values.get(x);
    if (known) return known;
    const made = this.#compute(x);
    this.#values.set(x, made);
    return made;
  }

  zeros({ shape, dtype }: Applied): Block {
    const own = this.#dtype(dtype);
    return { data: allocate(own, sizeOf(shape)), shape, dtype: own };
  }

  /** Where a formula is linear in a variable, all that depends on it is 0 when it is: nothing has to be computed. */
  atZero(x: Applied, dependent: readonly Applied[], variable: Applied): Block {
    return x === variable || dependent.includes(x) ? this.zeros(x) : this.value(x);
  }

  #compute(x: Applied): Block {
    switch (x.kind) {
      case 'value':
        return this.recording.value(x.node);
      case 'gradient':
        throw new Error(`Nobody has said what the gradient of node ${x.node} is.`);
      case 'number': {
        const dtype = this.#dtype(x.dtype);
        return { data: storageOf(dtype, [x.value]), shape: [], dtype };
      }
      case 'called':
        return this.value(x.means);
      case 'op':
        return this.#apply(x);
    }
  }

  #apply({ op, inputs, attributes }: AppliedOp): Block {
    return blockAlgebra.apply(
      op,
      inputs.map((input) => this.value(input)),
      attributes,
    );
  }

  #dtype(dtype: Block['dtype']): Block['dtype'] {
    return this.recording.precision === 'float64' && isFloat(dtype) ? 'float64' : dtype;
  }
}
