/** WebAssembly SIMD kernels, written in AssemblyScript. Each has a plain-TypeScript one beside it that says what it computes. */
export * from './convolution';
export * from './elementwise';
export * from './exponential';
export * from './matmul';
export * from './reduce';
export * from './statistics';

/** Where free memory begins; all of it belongs to the caller, who puts operands there. */
export function heapBase(): usize {
  return __heap_base;
}
