import { type Samples, of, whole } from './sample.ts';

const classes = whole('[2, 0, 1, 2]');
const perPlace = whole('[[2, 0], [1, 1]]');
const three = (call: string, options = ''): string[] =>
  ['mean', 'sum', 'none'].map((reduction) => `${call}, { reduction: '${reduction}'${options} })`);

export const losses: Samples = {
  mseLoss: of('2x3 2x3', ['mseLoss(x, y)', ...three('mseLoss(x, y')]),
  l1Loss: of('2x3 2x3', ['l1Loss(x, y)', ...three('l1Loss(x, y')]),
  smoothL1Loss: of('2x3 2x3', ['smoothL1Loss(x, y)', ...three('smoothL1Loss(x, y', ', beta: 0.3')]),
  huberLoss: of('2x3 2x3', ['huberLoss(x, y)', ...three('huberLoss(x, y', ', delta: 0.3')]),
  bce: of('2x3 2x3', ['bce(x, y)', ...three('bce(x, y')], [0.1, 0.9]),
  bceWithLogits: of('2x3 2x3', ['bceWithLogits(x, y)', ...three('bceWithLogits(x, y')]),
  crossEntropy: [
    ...of('4x3', [`crossEntropy(x, ${classes})`, ...three(`crossEntropy(x, ${classes}`, ', labelSmoothing: 0.2')]),
    ...of('2x3x2', `crossEntropy(x, ${perPlace})`),
    ...of('3', 'crossEntropy(x, 1)'),
    ...of('4x3', `crossEntropy(x, ${classes}, { weight: [1, 2, 0.5], ignoreIndex: 0 })`),
    ...of('4x3 4x3', 'crossEntropy(x, y.softmax(1))'),
  ],
  nllLoss: [
    ...of('4x3', [`nllLoss(x, ${classes})`, ...three(`nllLoss(x, ${classes}`)]),
    ...of('2x3x2', `nllLoss(x, ${perPlace})`),
  ],
  klDiv: of('2x3 2x3', ['klDiv(x, y)', ...three('klDiv(x, y'), "klDiv(x, y, { reduction: 'batchmean' })"], [0.1, 0.9]),
};

export const normalisation: Samples = {
  layerNorm: [
    ...of('2x3x4 4 4', 'layerNorm(x, [4], y, z)'),
    ...of('2x3x4', ['layerNorm(x, [3, 4])', 'layerNorm(x, [4], undefined, undefined, { eps: 0.1 })']),
    ...of('2x4 4', 'layerNorm(x, [4], y)'),
  ],
  batchNorm: [
    ...of('4x2x3 2 2', 'batchNorm(x, y, z)'),
    ...of('4x2', ['batchNorm(x)', 'batchNorm(x, undefined, undefined, { eps: 0.1 })']),
    ...of('2x2x2x2 2 2', 'batchNorm(x, y, z)'),
  ],
  groupNorm: [...of('2x4x3 4 4', 'groupNorm(x, 2, y, z)'), ...of('2x4x2x2', ['groupNorm(x, 1)', 'groupNorm(x, 4)'])],
  normalize: of('2x3', ['x.normalize()', 'x.normalize({ p: 1, dim: 0 })', 'x.normalize({ p: 3, dim: -1 })']),
  cosineSimilarity: [
    ...of('2x3 2x3', ['cosineSimilarity(x, y)', 'cosineSimilarity(x, y, { dim: 0 })']),
    ...of('2x3 3', 'cosineSimilarity(x, y, { dim: -1 })'),
  ],
};
