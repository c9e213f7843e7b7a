export type { Optimizer, ParameterState } from './optimizer.ts';
export { sgd } from './sgd.ts';
