import { cofactor, det } from './det.ts';
import { diagonal, embedDiagonal } from './diagonal.ts';
import { dot } from './dot.ts';
import { inverse } from './inverse.ts';
import { matmul } from './matmul.ts';
import { solveTriangular } from './solve-triangular.ts';
import { trace } from './trace.ts';
import { tril, triu } from './triangle.ts';

export const linearAlgebra = {
  cofactor,
  det,
  diagonal,
  dot,
  embedDiagonal,
  inverse,
  matmul,
  solveTriangular,
  trace,
  tril,
  triu,
};
