import { matmul } from './matmul.ts';

export const linearAlgebra = { matmul };
