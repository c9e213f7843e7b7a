/** Layers, and what networks are built of. Names, arguments and initial values are PyTorch's, in camelCase. */
export {
  CELU,
  ELU,
  GELU,
  Hardsigmoid,
  Hardswish,
  Hardtanh,
  LeakyReLU,
  LogSigmoid,
  LogSoftmax,
  Mish,
  ReLU,
  ReLU6,
  SELU,
  SiLU,
  Sigmoid,
  Softmax,
  Softplus,
  Softsign,
  Tanh,
} from './activation.ts';
export { type Mask, causalMask } from './attention-mask.ts';
export { type AttentionOptions, MultiheadAttention, type MultiheadAttentionOptions } from './attention.ts';
export { BatchNorm, BatchNorm1d, BatchNorm2d, type BatchNormOptions } from './batch-norm.ts';
export {
  Conv1d,
  type Conv1dLayerOptions,
  Conv2d,
  type Conv2dLayerOptions,
  ConvTranspose2d,
  type ConvTranspose2dLayerOptions,
} from './convolution.ts';
export { Dropout } from './dropout.ts';
export { Embedding, type EmbeddingOptions } from './embedding.ts';
export * as init from './init.ts';
export { Linear, type LinearOptions } from './linear.ts';
export { Module } from './module.ts';
export { GroupNorm, type GroupNormOptions, LayerNorm, type LayerNormOptions } from './normalisation.ts';
export type { LayerOptions } from './parameter.ts';
export { AdaptiveAvgPool2d, AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d } from './pooling.ts';
export {
  type CellOptions,
  GRUCell,
  LSTMCell,
  type LSTMState,
  RNNCell,
  type RNNCellOptions,
} from './recurrent-cells.ts';
export { GRU, LSTM, RNN, type RNNOptions, type RecurrentOptions } from './recurrent.ts';
export { type Layer, Sequential } from './sequential.ts';
export { Flatten, Identity } from './shape.ts';
export { type EncoderMasks, TransformerEncoderLayer, type TransformerEncoderLayerOptions } from './transformer.ts';
