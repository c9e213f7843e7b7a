import type { Shape } from '../../engine/tensor/shape.ts';

/** A function as a user writes it, over x, y, z and w. */
export interface Sample {
  readonly written: string;
  /** Of x, y, z and w, as many as there are. */
  readonly shapes: readonly Shape[];
  /** Where numbers are drawn from; default [−2, 2] and at least 0.05 away from 0. */
  readonly range?: readonly [number, number];
  /** Other shapes of the arguments, which broadcast: to what they are the same as. */
  readonly broadcasts?: readonly { readonly from: readonly Shape[]; readonly to: readonly Shape[] }[];
}

type Range = readonly [number, number];
const matrix: Shape = [2, 3];
const ranged = (range: Range | undefined) => (range === undefined ? {} : { range });

/** Of one tensor, element by element; `call` is what stands after the dot. */
const elementwise = (call: string, range?: Range): Sample[] => [
  { written: `x.${call}`, shapes: [matrix], ...ranged(range) },
  { written: `x.${call}`, shapes: [[]], ...ranged(range) },
];

/** Of two tensors that broadcast. */
const binary = (written: string, range?: Range): Sample[] => [
  {
    written,
    shapes: [matrix, matrix],
    ...ranged(range),
    broadcasts: [
      { from: [matrix, []], to: [matrix, matrix] },
      { from: [[3], matrix], to: [matrix, matrix] },
      {
        from: [
          [2, 1],
          [1, 3],
        ],
        to: [matrix, matrix],
      },
      {
        from: [matrix, [4, 1, 3]],
        to: [
          [4, 2, 3],
          [4, 2, 3],
        ],
      },
    ],
  },
];

/** Of three tensors that broadcast. */
const ternary = (written: string): Sample[] => [
  {
    written,
    shapes: [matrix, matrix, matrix],
    broadcasts: [{ from: [[3], [2, 1], []], to: [matrix, matrix, matrix] }],
  },
];

/** Of tensors of these shapes, written in one way or several. */
const of = (shapes: readonly Shape[], written: string | readonly string[], range?: Range): Sample[] =>
  [written].flat().map((text) => ({ written: text, shapes, ...ranged(range) }));

/** Of one tensor, along dimensions. */
const along = (call: string, range?: Range): Sample[] =>
  of([[2, 3, 4]], [`x.${call}()`, `x.${call}(1)`, `x.${call}(-1, true)`, `x.${call}([0, 2])`], range);

const classes = "tensor([2, 0, 1, 2], { dtype: 'int32' })";
const index = "tensor([1, 0, 1, 1], { dtype: 'int32' })";
const places = "tensor([[1, 0, 1], [0, 0, 1]], { dtype: 'int32' })";
const mask = 'tensor([true, false, true])';

/** Every function of tensors that the library offers, by section of docs/ops.md. */
export const samples: Readonly<Record<string, Readonly<Record<string, readonly Sample[]>>>> = {
  Arithmetic: {
    add: binary('x.add(y)'),
    sub: binary('x.sub(y)'),
    mul: binary('x.mul(y)'),
    div: binary('x.div(y)', [-2, -0.4]),
    pow: [...binary('x.pow(y)', [0.3, 2]), ...elementwise('pow(3)')],
    neg: elementwise('neg()'),
    abs: elementwise('abs()'),
    sign: elementwise('sign()'),
    square: elementwise('square()'),
    sqrt: elementwise('sqrt()', [0.3, 3]),
    rsqrt: elementwise('rsqrt()', [0.3, 3]),
    reciprocal: elementwise('reciprocal()', [0.3, 3]),
    maximum: binary('maximum(x, y)'),
    minimum: binary('minimum(x, y)'),
    clamp: [...elementwise('clamp(-0.5, 0.8)'), ...elementwise('clamp(null, 0.8)')],
    floor: elementwise('floor()'),
    ceil: elementwise('ceil()'),
    round: elementwise('round()'),
    hypot: binary('hypot(x, y)'),
    lerp: ternary('lerp(x, y, z)'),
  },
  'Exponentials and logarithms': {
    exp: elementwise('exp()'),
    exp2: elementwise('exp2()'),
    expm1: elementwise('expm1()'),
    log: elementwise('log()', [0.3, 3]),
    log2: elementwise('log2()', [0.3, 3]),
    log10: elementwise('log10()', [0.3, 3]),
    log1p: elementwise('log1p()', [-0.6, 3]),
    logaddexp: binary('logaddexp(x, y)'),
    xlogy: binary('xlogy(x, y)', [0.3, 3]),
    erf: elementwise('erf()'),
    erfc: elementwise('erfc()'),
  },
  'Trigonometric and hyperbolic': {
    sin: elementwise('sin()'),
    cos: elementwise('cos()'),
    tan: elementwise('tan()', [-1.2, 1.2]),
    asin: elementwise('asin()', [-0.9, 0.9]),
    acos: elementwise('acos()', [-0.9, 0.9]),
    atan: elementwise('atan()'),
    atan2: binary('atan2(x, y)'),
    sinh: elementwise('sinh()'),
    cosh: elementwise('cosh()'),
    tanh: elementwise('tanh()'),
    asinh: elementwise('asinh()'),
    acosh: elementwise('acosh()', [1.2, 3]),
    atanh: elementwise('atanh()', [-0.9, 0.9]),
  },
  Activations: {
    sigmoid: elementwise('sigmoid()'),
    logSigmoid: elementwise('logSigmoid()'),
    relu: elementwise('relu()'),
    relu6: elementwise('relu6()'),
    leakyRelu: elementwise('leakyRelu(0.1)'),
    elu: elementwise('elu(0.5)'),
    celu: elementwise('celu(0.5)'),
    selu: elementwise('selu()'),
    silu: elementwise('silu()'),
    mish: elementwise('mish()'),
    softplus: elementwise('softplus({ beta: 2 })'),
    softsign: elementwise('softsign()'),
    gelu: [...elementwise('gelu()'), ...elementwise("gelu({ approximate: 'tanh' })")],
    hardsigmoid: elementwise('hardsigmoid()'),
    hardswish: elementwise('hardswish()'),
    hardtanh: elementwise('hardtanh(-0.8, 0.7)'),
    softmax: of([[2, 3]], ['x.softmax(1)', 'x.softmax(0)']),
    logSoftmax: of([[2, 3]], ['x.logSoftmax(1)', 'x.logSoftmax(0)']),
    dropout: of([[2, 6]], ['x.dropout(0.5, { seed: 7 })', 'x.dropout(0.5, { training: false })']),
  },
  'Comparison and choice': {
    greater: binary('x.greater(y)'),
    greaterEqual: binary('x.greaterEqual(y)'),
    less: binary('x.less(y)'),
    lessEqual: binary('x.lessEqual(y)'),
    equal: binary('x.equal(y)'),
    notEqual: binary('x.notEqual(y)'),
    logicalAnd: binary('x.logicalAnd(y)'),
    logicalOr: binary('x.logicalOr(y)'),
    logicalXor: binary('x.logicalXor(y)'),
    logicalNot: elementwise('logicalNot()'),
    isNaN: elementwise('isNaN()'),
    isFinite: elementwise('isFinite()'),
    isInf: elementwise('isInf()'),
    where: [...binary('where(x.greater(0), x, y)'), { written: `where(${mask}, x, y)`, shapes: [matrix, [3]] }],
    maskedFill: of([matrix], `x.maskedFill(${mask}, -3)`),
  },
  Reductions: {
    sum: along('sum'),
    mean: along('mean'),
    prod: of([[2, 3, 4]], ['x.prod()', 'x.prod(1)', 'x.prod(-1, true)']),
    max: along('max'),
    min: along('min'),
    variance: of(
      [[2, 3, 4]],
      ['x.variance()', 'x.variance(1, { unbiased: false })', 'x.variance([0, 2], { keepdim: true })'],
    ),
    std: of([[2, 3, 4]], ['x.std()', 'x.std(1, { unbiased: false })', 'x.std(0, { keepdim: true })']),
    logsumexp: of([[2, 3, 4]], ['x.logsumexp(1)', 'x.logsumexp([0, 2], true)']),
    norm: of([[2, 3]], ['x.norm()', 'x.norm({ p: 1, dim: 1 })', 'x.norm({ p: 3, dim: 0, keepdim: true })']),
    cumsum: of([[2, 3]], ['x.cumsum(1)', 'x.cumsum(0)']),
    cumprod: of([[2, 3]], ['x.cumprod(1)', 'x.cumprod(0)']),
    argmax: of([[2, 3]], ['x.argmax()', 'x.argmax(1)']),
    argmin: of([[2, 3]], ['x.argmin()', 'x.argmin(1)']),
    all: of([[2, 3]], 'x.greater(-5).all()'),
    any: of([[2, 3]], 'x.greater(1).any(1)'),
    sort: of([[2, 4]], ['x.sort().values', 'x.sort(0, { descending: true }).values']),
    argsort: of([[2, 4]], 'x.argsort(1)'),
    topk: of([[2, 4]], ['x.topk(2).values', 'x.topk(1, { dim: 0, largest: false }).values']),
  },
  'Linear algebra': {
    matmul: [
      {
        written: 'x.matmul(y)',
        shapes: [
          [2, 3],
          [3, 4],
        ],
        broadcasts: [
          {
            from: [
              [2, 1, 2, 3],
              [4, 3, 2],
            ],
            to: [
              [2, 4, 2, 3],
              [2, 4, 3, 2],
            ],
          },
          {
            from: [
              [2, 3],
              [4, 3, 2],
            ],
            to: [
              [4, 2, 3],
              [4, 3, 2],
            ],
          },
        ],
      },
      ...of([[3], [3]], 'x.matmul(y)'),
      ...of([[2, 2, 3], [3]], 'x.matmul(y)'),
    ],
    dot: of([[3], [3]], 'x.dot(y)'),
    outer: of([[2], [3]], 'x.outer(y)'),
    bmm: of(
      [
        [2, 2, 3],
        [2, 3, 2],
      ],
      'x.bmm(y)',
    ),
    linear: [
      ...of([[2, 3], [4, 3], [4]], 'linear(x, y, z)'),
      ...of(
        [
          [2, 2, 3],
          [4, 3],
        ],
        'linear(x, y)',
      ),
    ],
    einsum: [
      ...of(
        [
          [2, 3],
          [3, 4],
        ],
        "einsum('ij,jk->ik', x, y)",
      ),
      ...of(
        [
          [2, 2, 3],
          [2, 4, 3],
        ],
        "einsum('...qd,...kd->...qk', x, y)",
      ),
      ...of([[3, 3]], "einsum('ii->i', x)"),
    ],
    trace: of([[3, 3]], 'x.trace()'),
    diag: [...of([[3]], 'x.diag()'), ...of([[3, 3]], 'x.diag()')],
    tril: of([[3, 3]], ['x.tril()', 'x.tril(-1)']),
    triu: of([[3, 3]], ['x.triu()', 'x.triu(1)']),
    inverse: of([[3, 3]], 'x.add(tensor([[3, 0, 0], [0, 3, 0], [0, 0, 3]])).inverse()', [-1, 1]),
    det: of([[3, 3]], 'x.det()'),
    solveTriangular: of(
      [
        [3, 3],
        [3, 2],
      ],
      ['solveTriangular(x, y)', 'solveTriangular(x, y, { upper: false, unitriangular: true })'],
      [0.5, 1.5],
    ),
  },
  Losses: {
    mseLoss: of([matrix, matrix], ['mseLoss(x, y)', "mseLoss(x, y, { reduction: 'none' })"]),
    l1Loss: of([matrix, matrix], ['l1Loss(x, y)', "l1Loss(x, y, { reduction: 'sum' })"]),
    smoothL1Loss: of([matrix, matrix], ['smoothL1Loss(x, y)', 'smoothL1Loss(x, y, { beta: 0.3 })']),
    huberLoss: of([matrix, matrix], ['huberLoss(x, y)', 'huberLoss(x, y, { delta: 0.3 })']),
    bce: of([matrix, matrix], ['bce(x, y)', "bce(x, y, { reduction: 'sum' })"], [0.1, 0.9]),
    bceWithLogits: of([matrix, matrix], ['bceWithLogits(x, y)', "bceWithLogits(x, y, { reduction: 'sum' })"]),
    crossEntropy: of(
      [[4, 3]],
      [`crossEntropy(x, ${classes})`, `crossEntropy(x, ${classes}, { reduction: 'none', labelSmoothing: 0.2 })`],
    ),
    nllLoss: of([[4, 3]], [`nllLoss(x, ${classes})`, `nllLoss(x, ${classes}, { reduction: 'sum' })`]),
    klDiv: of([matrix, matrix], ['klDiv(x, y)', "klDiv(x, y, { reduction: 'batchmean' })"], [0.1, 0.9]),
  },
  Normalisation: {
    layerNorm: [...of([[2, 3, 4], [4], [4]], 'layerNorm(x, [4], y, z)'), ...of([[2, 3, 4]], 'layerNorm(x, [3, 4])')],
    batchNorm: [...of([[4, 2, 3], [2], [2]], 'batchNorm(x, y, z)'), ...of([[4, 2]], 'batchNorm(x)')],
    groupNorm: of([[2, 4, 3], [4], [4]], 'groupNorm(x, 2, y, z)'),
    normalize: of([[2, 3]], ['x.normalize()', 'x.normalize({ p: 1, dim: 0 })']),
    cosineSimilarity: of(
      [
        [2, 3],
        [2, 3],
      ],
      ['cosineSimilarity(x, y)', 'cosineSimilarity(x, y, { dim: 0 })'],
    ),
  },
  'Convolution and pooling': {
    conv1d: [
      ...of([[2, 4, 6], [6, 2, 3], [6]], 'conv1d(x, y, z, { stride: 2, padding: 1, groups: 2 })'),
      ...of(
        [
          [1, 2, 6],
          [3, 2, 2],
        ],
        'conv1d(x, y, null, { dilation: 2 })',
      ),
    ],
    conv2d: [
      ...of([[2, 2, 4, 4], [3, 2, 2, 3], [3]], 'conv2d(x, y, z, { stride: [2, 1], padding: [0, 1] })'),
      ...of(
        [
          [1, 4, 4, 4],
          [4, 2, 2, 2],
        ],
        'conv2d(x, y, null, { groups: 2, dilation: 2 })',
      ),
    ],
    convTranspose2d: [
      ...of([[1, 2, 3, 3], [2, 3, 2, 2], [3]], 'convTranspose2d(x, y, z, { stride: 2, outputPadding: 1 })'),
      ...of(
        [
          [1, 4, 3, 3],
          [4, 1, 2, 2],
        ],
        'convTranspose2d(x, y, null, { padding: 1, groups: 2 })',
      ),
    ],
    maxPool2d: of([[1, 2, 4, 4]], ['x.maxPool2d(2)', 'x.maxPool2d(3, { stride: 1, padding: 1 })']),
    avgPool2d: of(
      [[1, 2, 4, 4]],
      ['x.avgPool2d(2)', 'x.avgPool2d(3, { stride: 2, padding: 1, countIncludePad: false })'],
    ),
    upsampleNearest2d: of([[1, 2, 2, 3]], 'x.upsampleNearest2d(2)'),
    pad: of([[2, 3]], ['x.pad([1, 2])', 'x.pad([-1, 1, 0, 2], 0.5)']),
  },
  'Shape and indexing': {
    reshape: of([[2, 3]], ['x.reshape([3, 2])', 'x.reshape([-1])']),
    flatten: of([[2, 3, 2]], ['x.flatten()', 'x.flatten(1)']),
    transpose: of([[2, 3, 2]], ['x.transpose()', 'x.transpose(0, 1)']),
    permute: of([[2, 3, 2]], 'x.permute([2, 0, 1])'),
    expand: of([[2, 1]], 'x.expand([4, 2, 3])'),
    squeeze: of([[2, 1, 3]], ['x.squeeze()', 'x.squeeze(1)']),
    unsqueeze: of([[2, 3]], ['x.unsqueeze(1)', 'x.unsqueeze(-1)']),
    cat: of(
      [
        [2, 3],
        [1, 3],
      ],
      'cat([x, y, x], 0)',
    ),
    stack: of(
      [
        [2, 3],
        [2, 3],
      ],
      'stack([x, y], 1)',
    ),
    split: of([[5, 2]], ['x.split(2)[1]', 'x.split([1, 4], 0)[1]']),
    chunk: of([[5, 2]], 'x.chunk(2)[1]'),
    unbind: of([[3, 2]], 'x.unbind(0)[1]'),
    slice: of([[5, 2]], ['x.slice(0, 1, 4)', 'x.slice(0, -4, null, 2)']),
    select: of([[3, 2]], ['x.select(0, 1)', 'x.select(1, -1)']),
    index: of([[3, 4]], [`x.index([${index}])`, `x.index([null, ${index}])`]),
    indexSelect: of([[3, 2]], `x.indexSelect(0, ${index})`),
    gather: of([[2, 3]], `x.gather(0, ${places})`),
    scatterAdd: of(
      [
        [2, 3],
        [2, 3],
      ],
      `x.scatterAdd(0, ${places}, y)`,
    ),
    embedding: of([[3, 2]], `embedding(x, ${index})`),
    take: of([[2, 3]], `x.take(${index})`),
    flip: of([[2, 3]], 'x.flip([0, 1])'),
    roll: of([[2, 3]], ['x.roll(1, 1)', 'x.roll([1, 2], [0, 1])']),
    repeat: of([[2, 3]], 'x.repeat([2, 1, 2])'),
    repeatInterleave: of([[2, 3]], 'x.repeatInterleave(2, 1)'),
    detach: elementwise('detach()'),
  },
};
