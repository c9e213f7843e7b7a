/** Functions of functions: what to differentiate, and how. */
export type { TensorFunction } from './differentiate.ts';
export { type GradOptions, grad, valueAndGrad } from './grad.ts';
export { hessian, jacobian } from './matrices.ts';
export { jvp, vjp } from './products.ts';
