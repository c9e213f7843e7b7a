/** Layers, and what networks are built of. Names, arguments and initial values are PyTorch's, in camelCase. */
export * as init from './init.ts';
export { Linear, type LinearOptions } from './linear.ts';
export { Module } from './module.ts';
export type { LayerOptions } from './parameter.ts';
export { type Layer, Sequential } from './sequential.ts';
