import { type Wish, repairs } from './repairs.ts';

const clip: Wish = { kind: 'clip', maxNorm: 1 };
const slower: Wish = { kind: 'learningRate', factor: 0.1 };
const faster: Wish = { kind: 'learningRate', factor: 10 };

repairs('the optimiser', [
  {
    is: 'an optimiser',
    wish: clip,
    before:
      "import { model, optim } from 'retrograd';\nexport const m = «model(() => loss(), {\n  optimizer: optim.sgd({ lr: 0.1 }), // slow\n})»;",
    after:
      "import { model, optim } from 'retrograd';\nexport const m = model(() => loss(), {\n  optimizer: optim.clipped(optim.sgd({ lr: 0.1 }), { maxNorm: 1 }), // slow\n});",
  },
  {
    is: 'an optimiser by name',
    wish: clip,
    before:
      "import { model, optim as o } from 'retrograd';\nconst optimizer = o.adam();\nexport const m = «model(f, { optimizer, steps: 3 })»;",
    after:
      "import { model, optim as o } from 'retrograd';\nconst optimizer = o.adam();\nexport const m = model(f, { optimizer: o.clipped(optimizer, { maxNorm: 1 }), steps: 3 });",
  },
  {
    is: 'options by name, in a namespace',
    wish: clip,
    before:
      "import * as rg from 'retrograd';\nconst options = { optimizer: rg.optim.adam() };\nexport const m = «rg.model(f, options)»;",
    after:
      "import * as rg from 'retrograd';\nconst options = { optimizer: rg.optim.clipped(rg.optim.adam(), { maxNorm: 1 }) };\nexport const m = rg.model(f, options);",
  },
  {
    is: 'an optimiser that is clipped',
    wish: clip,
    before:
      "import { model, optim } from 'retrograd';\nexport const m = «model(f, { optimizer: optim.clipped(optim.sgd({ lr: 1 }), { maxNorm: 9 }) })»;",
    after: null,
  },
  {
    is: 'no optimiser',
    wish: clip,
    before: "import { model } from 'retrograd';\nexport const m = «model(f)»;",
    after: null,
  },
  {
    is: 'a learning rate',
    wish: slower,
    before:
      "import { model, optim } from 'retrograd';\nexport const m = «model(f, { optimizer: optim.sgd({ momentum: 0.9, lr: 20 }) })»;",
    after:
      "import { model, optim } from 'retrograd';\nexport const m = model(f, { optimizer: optim.sgd({ momentum: 0.9, lr: 2 }) });",
  },
  {
    is: 'a learning rate by name, clipped',
    wish: faster,
    before:
      "import { model, optim } from 'retrograd';\nconst lr = 2e-8;\nexport const m = «model(f, { optimizer: optim.clipped(optim.sgd({ lr }), { maxNorm: 1 }) })»;",
    after:
      "import { model, optim } from 'retrograd';\nconst lr = 2e-7;\nexport const m = model(f, { optimizer: optim.clipped(optim.sgd({ lr }), { maxNorm: 1 }) });",
  },
  {
    is: 'a schedule',
    wish: slower,
    before:
      "import { model, optim } from 'retrograd';\nexport const m = «model(f, { optimizer: optim.sgd({ lr: optim.stepLr(1, { stepSize: 3 }) }) })»;",
    after: null,
  },
  {
    is: 'options that are spread',
    wish: slower,
    before:
      "import { model, optim } from 'retrograd';\nexport const m = «model(f, { optimizer: optim.sgd({ lr: 1, ...more }) })»;",
    after: null,
  },
]);
