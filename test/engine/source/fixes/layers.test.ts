import { type Wish, repairs } from './repairs.ts';

const residual: Wish = { kind: 'residual', divisor: 1 };
const shared: Wish = { kind: 'residual', divisor: 30 };
const relu: Wish = { kind: 'activation', from: 'sigmoid', to: 'relu' };
const leaky: Wish = { kind: 'activation', from: 'relu', to: 'leakyRelu' };
const norm: Wish = { kind: 'layerNorm', size: 16 };
const he: Wish = { kind: 'initialise', numerator: 2, dim: 0, fan: 64 };
const heUnknown: Wish = { kind: 'initialise', numerator: 2, dim: 0, fan: null };
const xavier: Wish = { kind: 'initialise', numerator: 1, dim: 1, fan: 8 };

repairs('layers and their weights', [
  {
    is: 'a method',
    wish: relu,
    before: "import { model } from 'retrograd';\nh = «h.matmul(W).sigmoid()»;",
    after: "import { model } from 'retrograd';\nh = h.matmul(W).relu();",
  },
  {
    is: 'a method that may be absent',
    wish: relu,
    before: "import { model } from 'retrograd';\nh = «h?.sigmoid()»;",
    after: "import { model } from 'retrograd';\nh = h?.relu();",
  },
  {
    is: 'a function',
    wish: leaky,
    before: "import {\n  model,\n  relu,\n} from 'retrograd';\nh = «relu(z)»;",
    after: "import {\n  model,\n  leakyRelu,\n} from 'retrograd';\nh = leakyRelu(z);",
  },
  {
    is: 'a function that stays in use',
    wish: leaky,
    before: "import {\n  model,\n  relu,\n} from 'retrograd';\nh = «relu(z)»; g = relu(q);",
    after: "import {\n  leakyRelu,\n  model,\n  relu,\n} from 'retrograd';\nh = leakyRelu(z); g = relu(q);",
  },
  { is: 'another activation', wish: leaky, before: "import { model } from 'retrograd';\nh = «z.tanh()»;", after: null },
  {
    is: 'a method of one’s own, with an argument',
    wish: leaky,
    before: "import { model } from 'retrograd';\nh = «net.relu(z)»;",
    after: null,
  },
  { is: 'a layer', wish: leaky, before: "import { nn } from 'retrograd';\nh = «act(z)»;", after: null },
  {
    is: 'weights as drawn',
    wish: he,
    before: "import { param, randn } from 'retrograd';\nconst W = «param(randn([64, 32], { seed: 1 }))»;",
    after:
      "import { param, randn } from 'retrograd';\nconst W = param(randn([64, 32], { seed: 1 }).mul(Math.sqrt(2 / 64)));",
  },
  {
    is: 'weights with a scale',
    wish: he,
    before: "import { param, randn } from 'retrograd';\nconst W = «param(randn([64, 32]).mul(0.001))»;",
    after: "import { param, randn } from 'retrograd';\nconst W = param(randn([64, 32]).mul(Math.sqrt(2 / 64)));",
  },
  {
    is: 'weights with two scales',
    wish: he,
    before:
      "import { param, randn } from 'retrograd';\nconst W = «param(randn([64, 32]).mul(2.7).mul(2), { name: 'W' })»;",
    after:
      "import { param, randn } from 'retrograd';\nconst W = param(randn([64, 32]).mul(Math.sqrt(2 / 64)), { name: 'W' });",
  },
  {
    is: 'weights that are divided',
    wish: xavier,
    before: "import { param, randn } from 'retrograd';\nconst W = «param(randn([4, 8]).div(10))»;",
    after: "import { param, randn } from 'retrograd';\nconst W = param(randn([4, 8]).mul(Math.sqrt(1 / 8)));",
  },
  {
    is: 'weights scaled by a function',
    wish: he,
    before: "import { mul, param, randn } from 'retrograd';\nconst W = «param(mul(randn([64, 32]), 0.1))»;",
    after: "import { mul, param, randn } from 'retrograd';\nconst W = param(mul(randn([64, 32]), Math.sqrt(2 / 64)));",
  },
  {
    is: 'weights whose shape has names',
    wish: heUnknown,
    before: "import * as rg from 'retrograd';\nconst W = «rg.param(rg.randn([inputs, hidden]).mul(0.1))»;",
    after:
      "import * as rg from 'retrograd';\nconst W = rg.param(rg.randn([inputs, hidden]).mul(Math.sqrt(2 / inputs)));",
  },
  {
    is: 'weights of several sizes',
    wish: heUnknown,
    before: "import { param, randn } from 'retrograd';\nconst W = sizes.map((s) => «param(randn([s[0], s[1]]))»);",
    after: null,
  },
  {
    is: 'weights that are all the same',
    wish: he,
    before: "import { full, param } from 'retrograd';\nconst W = «param(full([64, 32], 0.1))»;",
    after: "import { randn, param } from 'retrograd';\nconst W = param(randn([64, 32]).mul(Math.sqrt(2 / 64)));",
  },
  {
    is: 'weights that are zero',
    wish: he,
    before:
      "import { param, zeros } from 'retrograd';\nconst W = «param(zeros([64, 32], { dtype: 'float64' }))», b = zeros([2]);",
    after:
      "import { param, randn, zeros } from 'retrograd';\nconst W = param(randn([64, 32], { dtype: 'float64' }).mul(Math.sqrt(2 / 64))), b = zeros([2]);",
  },
  {
    is: 'weights that are written out',
    wish: he,
    before: "import { param } from 'retrograd';\nconst W = «param([[1, 2], [3, 4]])»;",
    after: null,
  },
  {
    is: 'weights that are shifted',
    wish: he,
    before: "import { param, randn } from 'retrograd';\nconst W = «param(randn([64, 32]).add(1))»;",
    after: null,
  },
  {
    is: 'a step of a loop',
    wish: residual,
    before: "import { model } from 'retrograd';\nlet h = x;\nfor (const W of Ws) h = «h.matmul(W).tanh()»;",
    after: "import { model } from 'retrograd';\nlet h = x;\nfor (const W of Ws) h = h.add(h.matmul(W).tanh());",
  },
  {
    is: 'a step through a constant',
    wish: residual,
    before:
      "import { model } from 'retrograd';\nlet h = x;\nfor (const W of Ws) {\n  const z = h.matmul(W); // logits\n  h = «z.sigmoid()»;\n}",
    after:
      "import { model } from 'retrograd';\nlet h = x;\nfor (const W of Ws) {\n  const z = h.matmul(W); // logits\n  h = h.add(z.sigmoid());\n}",
  },
  {
    is: 'a step of which a share is added',
    wish: shared,
    before: "import { model } from 'retrograd';\nlet h = x;\nfor (const W of Ws) h = «h.matmul(W).tanh()»;",
    after: "import { model } from 'retrograd';\nlet h = x;\nfor (const W of Ws) h = h.add(h.matmul(W).tanh().div(30));",
  },
  {
    is: 'a step in one of two functions that name their variables alike',
    wish: residual,
    before:
      "import { model } from 'retrograd';\nconst f = () => { let h = x; for (const W of Ws) { const z = h.matmul(W); h = «z.sigmoid()»; } };\nconst g = () => { let h = y; const z = q; h = z.relu(); };",
    after:
      "import { model } from 'retrograd';\nconst f = () => { let h = x; for (const W of Ws) { const z = h.matmul(W); h = h.add(z.sigmoid()); } };\nconst g = () => { let h = y; const z = q; h = z.relu(); };",
  },
  {
    is: 'a variable that hides another of the same name',
    wish: residual,
    before:
      "import { model } from 'retrograd';\nlet h = x;\n{ const z = h.matmul(W); { let h = q; h = «z.sigmoid()»; } }",
    after: null,
  },
  {
    is: 'what is made of something else',
    wish: residual,
    before: "import { model } from 'retrograd';\nlet h = x;\nh = «q.sigmoid()»;",
    after: null,
  },
  {
    is: 'what is not assigned',
    wish: residual,
    before: "import { model } from 'retrograd';\nconst h = «q.sigmoid()»;",
    after: null,
  },
  {
    is: 'a part of a step',
    wish: residual,
    before: "import { model } from 'retrograd';\nlet h = x;\nh = «h.sigmoid()».mul(2);",
    after: "import { model } from 'retrograd';\nlet h = x;\nh = h.add(h.sigmoid().mul(2));",
  },
  {
    is: 'a step inside of a function',
    wish: residual,
    before: "import { model } from 'retrograd';\nlet h = x;\nh = run(() => «h.sigmoid()»);",
    after: null,
  },
  {
    is: 'a layer to normalise',
    wish: norm,
    before: "import { model } from 'retrograd';\nh = «z.tanh()»;",
    after: "import { model } from 'retrograd';\nh = z.tanh().layerNorm(16);",
  },
]);
