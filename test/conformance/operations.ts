import type { Attributes } from './reference.ts';

/** Writes an application: of arguments, which are names of the program, and of the op's attributes. */
type Write = (inputs: readonly string[], attributes: Attributes) => string;
/** Options of a function: its own name for each, and the reference's. */
type Options = Readonly<Record<string, string>>;
/** A name of the reference's attributes, or `in 1` … for an input that does not stand where the reference has it. */
type Placed = readonly string[];

/** A literal. Numbers that JSON cannot hold are texts in reference files. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return value;
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

function argumentsOf(inputs: readonly string[], attributes: Attributes, placed: Placed, options: Options): string {
  const given = [...inputs];
  for (const name of placed) given.push(attributes[name] === undefined ? 'undefined' : literal(attributes[name]));
  // Null is PyTorch's word for an option that is not given.
  const named = Object.entries(options).filter(([, name]) => (attributes[name] ?? null) !== null);
  if (named.length > 0)
    given.push(`{ ${named.map(([own, name]) => `${own}: ${literal(attributes[name])}`).join(', ')} }`);
  while (given.at(-1) === 'undefined') given.pop();
  return given.join(', ');
}

/** `x.name(y, …, placed…, { options })`. */
const method =
  (name: string, placed: Placed = [], options: Options = {}): Write =>
  ([x, ...rest], attributes) =>
    `${x}.${name}(${argumentsOf(rest, attributes, placed, options)})`;

/** `name(x, y, …, placed…, { options })`. */
const call =
  (name: string, placed: Placed = [], options: Options = {}): Write =>
  (inputs, attributes) =>
    `${name}(${argumentsOf(inputs, attributes, placed, options)})`;

/** As `call`, with `undefined` for the inputs that are left out before the options. */
const withOptional =
  (count: number, write: (given: readonly string[], attributes: Attributes) => string): Write =>
  (inputs, attributes) =>
    write([...inputs, ...Array.from({ length: Math.max(0, count - inputs.length) }, () => 'undefined')], attributes);

const options = {
  reduction: { reduction: 'reduction' },
  eps: { eps: 'eps' },
  keepdim: { keepdim: 'keepdim' },
  convolution: { stride: 'stride', padding: 'padding', dilation: 'dilation', groups: 'groups' },
  pooling: { stride: 'stride', padding: 'padding', ceilMode: 'ceil_mode' },
};
const reduced = ['dim', 'keepdim'];

/** Reference op → what a user of this library writes for it. The one place to extend. */
export const operations: Readonly<Record<string, Write>> = {
  neg: method('neg'),
  abs: method('abs'),
  exp: method('exp'),
  expm1: method('expm1'),
  exp2: method('exp2'),
  log: method('log'),
  log2: method('log2'),
  log10: method('log10'),
  log1p: method('log1p'),
  sqrt: method('sqrt'),
  rsqrt: method('rsqrt'),
  square: method('square'),
  reciprocal: method('reciprocal'),
  sin: method('sin'),
  cos: method('cos'),
  tan: method('tan'),
  asin: method('asin'),
  acos: method('acos'),
  atan: method('atan'),
  sinh: method('sinh'),
  cosh: method('cosh'),
  tanh: method('tanh'),
  asinh: method('asinh'),
  acosh: method('acosh'),
  atanh: method('atanh'),
  sigmoid: method('sigmoid'),
  log_sigmoid: method('logSigmoid'),
  relu: method('relu'),
  relu6: method('relu6'),
  selu: method('selu'),
  silu: method('silu'),
  mish: method('mish'),
  softsign: method('softsign'),
  erf: method('erf'),
  erfc: method('erfc'),
  gelu: method('gelu'),
  lgamma: method('lgamma'),
  digamma: method('digamma'),
  polygamma: ([x], { n }) => `polygamma(${literal(n)}, ${x})`,
  gelu_tanh: ([x]) => `${x}.gelu({ approximate: 'tanh' })`,
  hardsigmoid: method('hardsigmoid'),
  hardswish: method('hardswish'),
  floor: method('floor'),
  ceil: method('ceil'),
  round: method('round'),
  sign: method('sign'),
  detach: method('detach'),

  leaky_relu: method('leakyRelu', ['negative_slope']),
  elu: method('elu', ['alpha']),
  celu: method('celu', ['alpha']),
  softplus: method('softplus', [], { beta: 'beta', threshold: 'threshold' }),
  clamp: ([x], { min = null, max = null }) => `${x}.clamp(${literal(min)}, ${literal(max)})`,
  hardtanh: method('hardtanh', ['min', 'max']),
  pow_scalar: method('pow', ['exponent']),
  add_scalar: method('add', ['value']),
  mul_scalar: method('mul', ['value']),
  rsub_scalar: ([x], { value }) => `sub(${literal(value)}, ${x})`,
  rdiv_scalar: ([x], { value }) => `div(${literal(value)}, ${x})`,

  add: method('add'),
  sub: method('sub'),
  mul: method('mul'),
  div: method('div'),
  pow: method('pow'),
  maximum: call('maximum'),
  minimum: call('minimum'),
  atan2: call('atan2'),
  hypot: call('hypot'),
  logaddexp: call('logaddexp'),
  xlogy: call('xlogy'),
  lerp: call('lerp'),
  where: call('where'),
  masked_fill: method('maskedFill', ['value']),

  sum: method('sum', reduced),
  mean: method('mean', reduced),
  prod: method('prod', reduced),
  amax: method('max', reduced),
  amin: method('min', reduced),
  max_dim: method('max', reduced),
  min_dim: method('min', reduced),
  max_all: method('max'),
  min_all: method('min'),
  var: method('variance', ['dim'], { unbiased: 'unbiased', ...options.keepdim }),
  std: method('std', ['dim'], { unbiased: 'unbiased', ...options.keepdim }),
  logsumexp: method('logsumexp', reduced),
  norm: method('norm', [], { p: 'p', dim: 'dim', ...options.keepdim }),
  cumsum: method('cumsum', ['dim']),
  cumprod: method('cumprod', ['dim']),
  logcumsumexp: method('logcumsumexp', ['dim']),
  cummax: ([x], { dim }) => `${x}.cummax(${literal(dim)}).values`,
  cummin: ([x], { dim }) => `${x}.cummin(${literal(dim)}).values`,
  diff: method('diff', [], { n: 'n', dim: 'dim' }),

  matmul: method('matmul'),
  dot: method('dot'),
  outer: method('outer'),
  bmm: method('bmm'),
  linear: call('linear'),
  cdist: call('cdist', [], { p: 'p' }),
  einsum: (inputs, { equation }) => `einsum(${[literal(equation), ...inputs].join(', ')})`,
  trace: method('trace'),
  diag: method('diag', ['diagonal']),
  tril: method('tril', ['diagonal']),
  triu: method('triu', ['diagonal']),

  softmax: method('softmax', ['dim']),
  log_softmax: method('logSoftmax', ['dim']),
  cross_entropy: call('crossEntropy', [], { ...options.reduction, labelSmoothing: 'label_smoothing' }),
  nll_loss: call('nllLoss', [], options.reduction),
  mse_loss: call('mseLoss', [], options.reduction),
  l1_loss: call('l1Loss', [], options.reduction),
  bce: call('bce', [], options.reduction),
  bce_with_logits: call('bceWithLogits', [], options.reduction),
  smooth_l1_loss: call('smoothL1Loss', [], { ...options.reduction, beta: 'beta' }),
  huber_loss: call('huberLoss', [], { ...options.reduction, delta: 'delta' }),
  kl_div: call('klDiv', [], options.reduction),

  layer_norm: withOptional(3, ([x, ...affine], { normalized_shape, ...attributes }) =>
    call('layerNorm', [], options.eps)([x!, literal(normalized_shape), ...affine], attributes),
  ),
  batch_norm: withOptional(3, call('batchNorm', [], options.eps)),
  group_norm: withOptional(3, ([x, ...affine], { num_groups, ...attributes }) =>
    call('groupNorm', [], options.eps)([x!, literal(num_groups), ...affine], attributes),
  ),
  normalize: method('normalize', [], { p: 'p', dim: 'dim', ...options.eps }),
  cosine_similarity: call('cosineSimilarity', [], { dim: 'dim', ...options.eps }),

  conv1d: withOptional(3, call('conv1d', [], options.convolution)),
  conv2d: withOptional(3, call('conv2d', [], options.convolution)),
  conv_transpose2d: withOptional(
    3,
    call('convTranspose2d', [], { ...options.convolution, outputPadding: 'output_padding' }),
  ),
  max_pool2d: method('maxPool2d', ['kernel'], { ...options.pooling, dilation: 'dilation' }),
  avg_pool2d: method('avgPool2d', ['kernel'], {
    ...options.pooling,
    countIncludePad: 'count_include_pad',
  }),
  upsample_nearest2d: method('upsampleNearest2d', ['scale']),
  pad: method('pad', ['pad', 'value']),

  reshape: method('reshape', ['shape']),
  transpose: method('transpose', ['dim0', 'dim1']),
  permute: method('permute', ['dims']),
  expand: method('expand', ['shape']),
  squeeze: method('squeeze', ['dim']),
  unsqueeze: method('unsqueeze', ['dim']),
  flatten: method('flatten', ['start_dim']),
  cat: (inputs, { dim }) => call('cat', ['dim'])([`[${inputs.join(', ')}]`], { dim }),
  stack: (inputs, { dim }) => call('stack', ['dim'])([`[${inputs.join(', ')}]`], { dim }),
  slice: method('slice', ['dim', 'start', 'end', 'step']),
  select: method('select', ['dim', 'index']),
  index_select: ([x, index], { dim }) => `${x}.indexSelect(${literal(dim)}, ${index})`,
  gather: ([x, index], { dim }) => `${x}.gather(${literal(dim)}, ${index})`,
  scatter_add: ([x, index, source], { dim }) => `${x}.scatterAdd(${literal(dim)}, ${index}, ${source})`,
  embedding: call('embedding'),
  take: method('take'),
  bincount: ([x, weights], { minlength }) =>
    `bincount(${x}, { weights: ${weights}, minlength: ${literal(minlength)} })`,
  flip: method('flip', ['dims']),
  roll: method('roll', ['shift', 'dim']),
  repeat: method('repeat', ['repeats']),
  repeat_interleave: method('repeatInterleave', ['repeats', 'dim']),
};
