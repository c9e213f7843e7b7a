import * as rg from '../../../engine/library.ts';
import { type Refusal, itRefuses, untyped } from './refusals.ts';

const p = rg.param([1, 2]);
const read = (x: rg.Tensor, name: string): unknown => Reflect.get(x, name) as unknown;

/** What would be `undefined`, or passed over without a word, and fail far from its place or never. */
const refusals: readonly Refusal[] = [
  {
    what: 'a part of a tensor by its number',
    of: () => read(p, '0'),
    name: 'ArgumentError',
    says: /^x\[0\]: a tensor is no list\. x\.select\(0, 0\)/,
  },
  {
    what: 'a new part by its number',
    of: () => Object.assign(p, { 1: 5 }),
    name: 'ArgumentError',
    says: /^x\[1\] = …: tensors do not change/,
  },
  {
    what: 'the length of a tensor',
    of: () => read(p, 'length'),
    name: 'ArgumentError',
    says: /x\.shape\[0\] is how many parts/,
  },
  {
    what: 'the values of a maximum',
    of: () => read(p.max(0), 'values'),
    name: 'ArgumentError',
    says: /x\.argmax\(dim\) gives the places/,
  },
  {
    what: 'a list of what is a tensor',
    of: () => Array.from(untyped(p)),
    name: 'ArgumentError',
    says: /^A tensor is no list/,
  },
  {
    what: 'that a parameter is not learned',
    of: () => Object.assign(p, { requires_grad: false }),
    name: 'GradientError',
    says: /left out of those that the optimiser/,
  },
  {
    what: 'the same in camelCase',
    of: () => Object.assign(p, { requiresGrad: false }),
    name: 'GradientError',
    says: /^requiresGrad: .* is settled when it is made/,
  },
  {
    what: 'content of a tensor',
    of: () => Object.assign(p, { data: [1] }),
    name: 'ArgumentError',
    says: /^data: the content of a tensor is not set/,
  },
  {
    what: 'a further argument of a method',
    of: () => (p as { tanh(...all: unknown[]): unknown }).tanh(1),
    name: 'ArgumentError',
    says: /^tanh: there is no place for a further argument, 1\.$/,
  },
  {
    what: 'an upstream gradient of backward',
    of: () => p.sum().backward(untyped(2)),
    name: 'ArgumentError',
    says: /^backward: starts with 1/,
  },
  {
    what: 'tensors in a list',
    of: () => rg.tensor(untyped([p, p])),
    name: 'ArgumentError',
    says: /^tensor: there are tensors in a list\. stack\(/,
  },
  {
    what: 'a learning rate that is no number',
    of: () => rg.optim.sgd({ lr: untyped('0.1') }),
    name: 'ArgumentError',
    says: /^sgd: lr, the learning rate, is a number .* not the text '0\.1'\.$/,
  },
  {
    what: 'no learning rate where one is needed',
    of: () => rg.optim.sgd(untyped({ momentum: 0.9 })),
    name: 'ArgumentError',
    says: /^sgd: lr.*not undefined\.$/,
  },
  {
    what: 'one beta',
    of: () => rg.optim.adam({ betas: untyped(0.9) }),
    name: 'ArgumentError',
    says: /^adam: betas are two numbers/,
  },
  {
    what: 'nothing to learn',
    of: () => rg.optim.stepper(rg.optim.adam(), []),
    name: 'ArgumentError',
    says: /^stepper: the list of parameters is empty/,
  },
  {
    what: 'a constant to learn',
    of: () => rg.optim.stepper(rg.optim.adam(), [p, rg.tensor(1)]),
    name: 'ArgumentError',
    says: /^stepper: element 1 of the list requires no gradient/,
  },
  {
    what: 'an object for the largest norm',
    of: () => rg.optim.clipGradNorm([p], untyped({ maxNorm: 1 })),
    name: 'ArgumentError',
    says: /^clipGradNorm: maxNorm must be a number/,
  },
  {
    what: 'a model of a tensor',
    of: () => rg.model(untyped(p)),
    name: 'ArgumentError',
    says: /^model: takes a function .* not a tensor of shape \[2\]\.$/,
  },
  {
    what: 'the name of an optimiser',
    of: () => rg.model(() => p.sum(), { optimizer: untyped('adam') }),
    name: 'ArgumentError',
    says: /^model: the optimizer is one such as optim\.adam/,
  },
  {
    what: 'a text for the number of steps',
    of: () => rg.model(() => p.sum(), { steps: untyped('10') }),
    name: 'ArgumentError',
    says: /^model: steps must be a whole number, not the text '10'/,
  },
  {
    what: 'a tensor for noGrad',
    of: () => rg.noGrad(untyped(p)),
    name: 'ArgumentError',
    says: /^noGrad: takes a function/,
  },
  {
    what: 'one tensor where a list is wanted',
    of: () => rg.gradcheck((x) => x.sum(), untyped(p)),
    name: 'ArgumentError',
    says: /^gradcheck: inputs are a list.*write \[x\]/,
  },
  {
    what: 'a width in the place of options',
    of: () => rg.huberLoss(p, p, untyped(0.5)),
    name: 'ArgumentError',
    says: /^huberLoss: options are an object such as \{ delta: 0\.5 \}, not 0\.5\.$/,
  },
  {
    what: 'a text for a seed',
    of: () => rg.rand([2], { seed: untyped('1') }),
    name: 'ArgumentError',
    says: /^rand: the seed must be a number, not the text '1'/,
  },
  {
    what: 'a layer without the size of its kernel',
    of: () => new rg.nn.Conv2d(1, 2, untyped(undefined)),
    name: 'ArgumentError',
    says: /^Conv2d: the kernel's size is missing/,
  },
];

describe('what would be passed over in silence', () => itRefuses(refusals));
