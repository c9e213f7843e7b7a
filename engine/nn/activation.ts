import type { TensorLike } from '../autograd/create.ts';
import {
  celu,
  elu,
  gelu,
  hardsigmoid,
  hardswish,
  hardtanh,
  leakyRelu,
  logSigmoid,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softsign,
  tanh,
} from '../autograd/functions/index.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { logSoftmax, softmax } from '../ops/composite/index.ts';
import { Module } from './module.ts';

/** A function as a layer. In `Sequential` the function itself does as well. */
abstract class Activation extends Module {
  readonly #of: (x: TensorLike) => Tensor;

  constructor(of: (x: TensorLike) => Tensor) {
    super();
    this.#of = of;
  }

  forward(x: TensorLike): Tensor {
    return this.#of(x);
  }
}

export class ReLU extends Activation {
  constructor() {
    super(relu);
  }
}

export class ReLU6 extends Activation {
  constructor() {
    super(relu6);
  }
}

export class SELU extends Activation {
  constructor() {
    super(selu);
  }
}

export class SiLU extends Activation {
  constructor() {
    super(silu);
  }
}

export class Mish extends Activation {
  constructor() {
    super(mish);
  }
}

export class Sigmoid extends Activation {
  constructor() {
    super(sigmoid);
  }
}

export class LogSigmoid extends Activation {
  constructor() {
    super(logSigmoid);
  }
}

export class Tanh extends Activation {
  constructor() {
    super(tanh);
  }
}

export class Softsign extends Activation {
  constructor() {
    super(softsign);
  }
}

export class Hardsigmoid extends Activation {
  constructor() {
    super(hardsigmoid);
  }
}

export class Hardswish extends Activation {
  constructor() {
    super(hardswish);
  }
}

export class LeakyReLU extends Activation {
  constructor(negativeSlope = 0.01) {
    super((x) => leakyRelu(x, negativeSlope));
  }
}

export class ELU extends Activation {
  constructor(alpha = 1) {
    super((x) => elu(x, alpha));
  }
}

export class CELU extends Activation {
  constructor(alpha = 1) {
    super((x) => celu(x, alpha));
  }
}

export class GELU extends Activation {
  constructor(options: { readonly approximate?: 'none' | 'tanh' } = {}) {
    super((x) => gelu(x, options));
  }
}

export class Softplus extends Activation {
  constructor(options: { readonly beta?: number; readonly threshold?: number } = {}) {
    super((x) => softplus(x, options));
  }
}

export class Hardtanh extends Activation {
  constructor(min = -1, max = 1) {
    super((x) => hardtanh(x, min, max));
  }
}

export class Softmax extends Activation {
  constructor(dim = -1) {
    super((x) => softmax(x, dim));
  }
}

export class LogSoftmax extends Activation {
  constructor(dim = -1) {
    super((x) => logSoftmax(x, dim));
  }
}
