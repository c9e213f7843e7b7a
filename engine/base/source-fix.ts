import type { ModulePath } from './brand.ts';
import type { Span } from './span.ts';

/** Text to stand in place of a stretch of another; of an empty stretch, to be put in there. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Where a repair of a source starts: the call that a trace blames. */
interface At {
  readonly at: Span;
}

/** One repair of a source, as `engine/source/fixes` carries it out. What only a run knows, sizes of tensors, comes with it. */
export type FixRequest =
  | (At & { readonly kind: 'bceWithLogits' })
  | (At & { readonly kind: 'logSoftmax' })
  /** An exp that overflows, and what is made of it, as one function that does not. */
  | (At & { readonly kind: 'stableExp' })
  /** Without the detach() that cuts the gradient off. */
  | (At & { readonly kind: 'attach' })
  /** One operand of an elementwise op without a dimension of one element. */
  | (At & { readonly kind: 'squeeze'; readonly op: string; readonly side: 'left' | 'right'; readonly dim: number })
  /** A small number added to a divisor, or to what a logarithm or a root is taken of. */
  | (At & { readonly kind: 'epsilon' })
  /** A way round a layer; what the layer gives is divided first, where that is not 1. */
  | (At & { readonly kind: 'residual'; readonly divisor: number })
  /** Another activation function in place of this one. */
  | (At & { readonly kind: 'activation'; readonly from: string; readonly to: string })
  /**
   * Weights with a deviation of √(numerator / fan), in place of what `param(…)` holds. `fan` is their size along `dim`; null
   * where one place of the source makes weights of several sizes.
   */
  | (At & { readonly kind: 'initialise'; readonly numerator: 1 | 2; readonly dim: 0 | 1; readonly fan: number | null })
  /** What the call gives, normalised over its last dimension. */
  | (At & { readonly kind: 'layerNorm'; readonly size: number })
  /** In the options of a `model(…)`. */
  | (At & { readonly kind: 'clip'; readonly maxNorm: number })
  | (At & { readonly kind: 'learningRate'; readonly factor: number });

/** Repairs of one file that belong together: each without the others would be none. */
export interface SourceFix {
  readonly file: ModulePath;
  readonly requests: readonly FixRequest[];
}
