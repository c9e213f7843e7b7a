/** Other libraries' spellings of functions that are here under PyTorch's name in camelCase. The only list of them, but for that of composites. */

// TensorFlow.js
export { clamp as clipByValue, remainder as mod } from './arithmetic.ts';
export { unbind as unstack } from './pieces.ts';
export { argmax as argMax, argmin as argMin, logsumexp as logSumExp } from './reduction.ts';
export { flip as reverse, repeat as tile } from './rearrange.ts';
export { cat as concat, expand as broadcastTo, unsqueeze as expandDims } from './shape.ts';

// PyTorch, where the short name is not the one here
export {
  equal as eq,
  greater as gt,
  greaterEqual as ge,
  less as lt,
  lessEqual as le,
  notEqual as ne,
} from './comparison.ts';
export { matmul as mm } from './linear-algebra.ts';
export { max as amax, min as amin, variance as var } from './reduction.ts';
export { reshape as view } from './shape.ts';
