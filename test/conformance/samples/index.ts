import { creation } from './creation.ts';
import { activations, arithmetic, comparison, exponential, trigonometric } from './elementwise.ts';
import { losses, normalisation } from './losses.ts';
import { convolution, linearAlgebra } from './matrices.ts';
import { reductions } from './reductions.ts';
import type { Samples } from './sample.ts';
import { shapes } from './shapes.ts';

/** Every function of tensors that the library offers, by section of docs/ops.md. */
export const samples: Readonly<Record<string, Samples>> = {
  Creation: creation,
  Arithmetic: arithmetic,
  'Exponentials and logarithms': exponential,
  'Trigonometric and hyperbolic': trigonometric,
  Activations: activations,
  'Comparison and choice': comparison,
  Reductions: reductions,
  'Linear algebra': linearAlgebra,
  Losses: losses,
  Normalisation: normalisation,
  'Convolution and pooling': convolution,
  'Shape and indexing': shapes,
};
