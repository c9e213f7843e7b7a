import assert from 'node:assert/strict';
import type { FixRequest } from '../../../../engine/base/source-fix.ts';
import { type Span, span } from '../../../../engine/base/span.ts';
import { applyEdits, fixEdits } from '../../../../engine/source/fixes/index.ts';

type Wish = FixRequest extends infer Each ? (Each extends FixRequest ? Omit<Each, 'at'> : never) : never;

const bce: Wish = { kind: 'bceWithLogits' };
const log: Wish = { kind: 'logSoftmax' };
const epsilon: Wish = { kind: 'epsilon' };
const stable: Wish = { kind: 'stableExp' };
const attach: Wish = { kind: 'attach' };
const squeezeLeft: Wish = { kind: 'squeeze', op: 'sub', side: 'left', dim: 1 };
const squeezeRight: Wish = { kind: 'squeeze', op: 'sub', side: 'right', dim: 0 };
const residual: Wish = { kind: 'residual', divisor: 1 };
const shared: Wish = { kind: 'residual', divisor: 30 };
const relu: Wish = { kind: 'activation', from: 'sigmoid', to: 'relu' };
const leaky: Wish = { kind: 'activation', from: 'relu', to: 'leakyRelu' };
const norm: Wish = { kind: 'layerNorm', size: 16 };
const he: Wish = { kind: 'initialise', numerator: 2, dim: 0, fan: 64 };
const heUnknown: Wish = { kind: 'initialise', numerator: 2, dim: 0, fan: null };
const xavier: Wish = { kind: 'initialise', numerator: 1, dim: 1, fan: 8 };
const clip: Wish = { kind: 'clip', maxNorm: 1 };
const slower: Wish = { kind: 'learningRate', factor: 0.1 };
const faster: Wish = { kind: 'learningRate', factor: 10 };

interface Form {
  readonly is: string;
  readonly wish: Wish;
  /** `«»` stand round the call that is blamed. */
  readonly before: string;
  /** Null: no fix. */
  readonly after: string | null;
}

const forms: readonly Form[] = [
  {
    is: 'bce of a sigmoid',
    wish: bce,
    before: "import { bce, model } from 'retrograd';\nreturn1(«bce(z.sigmoid(), t)»);",
    after: "import { bceWithLogits, model } from 'retrograd';\nreturn1(bceWithLogits(z, t));",
  },
  {
    is: 'bce with options, over lines, with comments',
    wish: bce,
    before:
      "import { bce } from 'retrograd';\nconst l = «bce(\n  // of the batch\n  x.matmul(W).sigmoid(), // how sure\n  t,\n  { reduction: 'sum' },\n)»;",
    after:
      "import { bceWithLogits } from 'retrograd';\nconst l = bceWithLogits(\n  // of the batch\n  x.matmul(W), // how sure\n  t,\n  { reduction: 'sum' },\n);",
  },
  {
    is: 'functions, both of which are imported for nothing else',
    wish: bce,
    before: "import { bce, model, sigmoid } from 'retrograd';\nconst l = «bce(sigmoid(x.matmul(W)), t)»;",
    after: "import { bceWithLogits, model } from 'retrograd';\nconst l = bceWithLogits(x.matmul(W), t);",
  },
  {
    is: 'an import that is used elsewhere too',
    wish: bce,
    before:
      "import { bce, model, sigmoid } from 'retrograd';\nconst l = «bce(sigmoid(z), t)»;\nconst m = bce(q, t), s = sigmoid(q);",
    after:
      "import { bce, bceWithLogits, model, sigmoid } from 'retrograd';\nconst l = bceWithLogits(z, t);\nconst m = bce(q, t), s = sigmoid(q);",
  },
  {
    is: 'an alias',
    wish: bce,
    before: "import { bce as loss, sigmoid as squash, model } from 'retrograd';\nconst l = «loss(squash(z), t)»;",
    after: "import { bceWithLogits, model } from 'retrograd';\nconst l = bceWithLogits(z, t);",
  },
  {
    is: 'an alias of what is to be used',
    wish: bce,
    before: "import { bce, bceWithLogits as exact } from 'retrograd';\nconst l = «bce(z.sigmoid(), t)»;",
    after: "import { bceWithLogits as exact } from 'retrograd';\nconst l = exact(z, t);",
  },
  {
    is: 'a namespace',
    wish: bce,
    before: "import * as rg from 'retrograd';\nconst l = «rg.bce(rg.sigmoid(z), t)»;",
    after: "import * as rg from 'retrograd';\nconst l = rg.bceWithLogits(z, t);",
  },
  {
    is: 'methods',
    wish: bce,
    before: "import { model } from 'retrograd';\nconst l = «z.sigmoid().bce(t)»;",
    after: "import { model } from 'retrograd';\nconst l = z.bceWithLogits(t);",
  },
  {
    is: 'parentheses that nobody needs',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst l = «bce(((z).sigmoid()), t)»;",
    after: "import { bceWithLogits } from 'retrograd';\nconst l = bceWithLogits(((z)), t);",
  },
  {
    is: 'a sigmoid with a name of its own',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst p = x.matmul(W).sigmoid(); // in (0, 1)\nconst l = «bce(p, t)»;",
    after:
      "import { bceWithLogits } from 'retrograd';\nconst logits = x.matmul(W); // in (0, 1)\nconst l = bceWithLogits(logits, t);",
  },
  {
    is: 'a named sigmoid that is used elsewhere, of a name',
    wish: bce,
    before:
      "import { bce } from 'retrograd';\nconst z = x.matmul(W);\nconst p = z.sigmoid();\nwatch(p);\nconst l = «bce(p, t)»;",
    after:
      "import { bceWithLogits } from 'retrograd';\nconst z = x.matmul(W);\nconst p = z.sigmoid();\nwatch(p);\nconst l = bceWithLogits(z, t);",
  },
  {
    is: 'a named sigmoid that is used elsewhere, of an expression',
    wish: bce,
    before:
      "import { bce } from 'retrograd';\n  const p = x.matmul(W).sigmoid();\n  watch(p);\n  const l = «bce(p, t)»;",
    after:
      "import { bceWithLogits } from 'retrograd';\n  const logits = x.matmul(W);\n  const p = logits.sigmoid();\n  watch(p);\n  const l = bceWithLogits(logits, t);",
  },
  {
    is: 'a sigmoid in a variable',
    wish: bce,
    before: "import { bce } from 'retrograd';\nlet p = z.sigmoid();\np = p.mul(0.9);\nconst l = «bce(p, t)»;",
    after: null,
  },
  {
    is: 'two variables of one name',
    wish: bce,
    before: "import { bce } from 'retrograd';\n{ const p = z.sigmoid(); const l = «bce(p, t)»; }\n{ const p = q; }",
    after: null,
  },
  {
    is: 'logits that are there already',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst logits = 1;\nconst p = z.sigmoid();\nconst l = «bce(p, t)»;",
    after: null,
  },
  {
    is: 'a bce of one’s own',
    wish: bce,
    before: "import { model } from 'retrograd';\nconst bce = (p, t) => p;\nconst l = «bce(z.sigmoid(), t)»;",
    after: null,
  },
  {
    is: 'a bce that is hidden by a parameter',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst f = (bce) => «bce(z.sigmoid(), t)»;",
    after: null,
  },
  {
    is: 'a name that is taken',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst bceWithLogits = 1;\nconst l = «bce(z.sigmoid(), t)»;",
    after: null,
  },
  {
    is: 'arguments that are spread',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst l = «bce(...both)»;",
    after: null,
  },
  {
    is: 'a comment inside of what would go',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst l = «bce(z./* squash */sigmoid(), t)»;",
    after: null,
  },
  {
    is: 'a probability that is clamped',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst l = «bce(z.sigmoid().clamp(0.1, 0.9), t)»;",
    after: null,
  },
  {
    is: 'a text with a syntax error',
    wish: bce,
    before: "import { bce } from 'retrograd';\nconst l = «bce(z.sigmoid(), t)»; const = 3;",
    after: null,
  },
  {
    is: 'log of softmax as methods',
    wish: log,
    before: "import { model } from 'retrograd';\nconst l = «z.softmax(1).log()».mean();",
    after: "import { model } from 'retrograd';\nconst l = z.logSoftmax(1).mean();",
  },
  {
    is: 'log of softmax as functions',
    wish: log,
    before: "import { log, model, softmax } from 'retrograd';\nconst l = «log(softmax(z, -1))»;",
    after: "import { logSoftmax, model } from 'retrograd';\nconst l = logSoftmax(z, -1);",
  },
  {
    is: 'a method of a function',
    wish: log,
    before: "import { softmax as s } from 'retrograd';\nconst l = «s(z).log()»;",
    after: "import { logSoftmax } from 'retrograd';\nconst l = logSoftmax(z);",
  },
  {
    is: 'a function of a method',
    wish: log,
    before: "import { log as ln, model } from 'retrograd';\nconst l = «ln(z.softmax())».neg();",
    after: "import { model } from 'retrograd';\nconst l = z.logSoftmax().neg();",
  },
  {
    is: 'a function of a method that is the only import',
    wish: log,
    before: "import { log } from 'retrograd';\nconst l = «log(z.softmax())»;",
    after: "import { log } from 'retrograd';\nconst l = z.logSoftmax();",
  },
  {
    is: 'a softmax with a name of its own',
    wish: log,
    before: "import { softmax } from 'retrograd';\nconst p = softmax(z);\nconst l = «p.log()».mean();",
    after: "import { logSoftmax } from 'retrograd';\nconst logP = logSoftmax(z);\nconst l = logP.mean();",
  },
  {
    is: 'a chain over lines',
    wish: log,
    before: "import { model } from 'retrograd';\nconst l = «z\n  .softmax() // over classes\n  .log()»\n  .mean();",
    after: "import { model } from 'retrograd';\nconst l = z\n  .logSoftmax() // over classes\n  .mean();",
  },
  {
    is: 'a softmax that is used elsewhere',
    wish: log,
    before: "import { softmax } from 'retrograd';\nconst p = softmax(z);\nconst l = «p.log()».mul(p);",
    after: null,
  },
  {
    is: 'a log of something else',
    wish: log,
    before: "import { softmax } from 'retrograd';\nconst l = «softmax(z).add(1e-9).log()»;",
    after: null,
  },
  {
    is: 'an import over lines',
    wish: log,
    before:
      "import {\n  log, // e\n  model,\n  softmax,\n} from 'retrograd';\nconst l = «log(softmax(z))», m = log(z);",
    after: "import {\n  log, // e\n  model,\n  logSoftmax,\n} from 'retrograd';\nconst l = logSoftmax(z), m = log(z);",
  },
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
    is: 'softplus of a method',
    wish: stable,
    before: "import { model } from 'retrograd';\ny = «z.mul(2).exp()».log1p().sum();",
    after: "import { model } from 'retrograd';\ny = z.mul(2).softplus().sum();",
  },
  {
    is: 'softplus as functions',
    wish: stable,
    before: "import { exp, log, model } from 'retrograd';\ny = log(«exp(z)».add(1));",
    after: "import { softplus, model } from 'retrograd';\ny = softplus(z);",
  },
  {
    is: 'one added that is none',
    wish: stable,
    before: "import { model } from 'retrograd';\ny = «z.exp()».add(2).log();",
    after: null,
  },
  {
    is: 'logsumexp over a dimension',
    wish: stable,
    before: "import { model } from 'retrograd';\ny = «z.exp()».sum(1, true).log().mean();",
    after: "import { model } from 'retrograd';\ny = z.logsumexp(1, true).mean();",
  },
  {
    is: 'softplus through a name',
    wish: stable,
    before: "import { model } from 'retrograd';\nconst e = «z.exp()»; // grows\ny = e.log1p();",
    after: "import { model } from 'retrograd';\nconst exponent = z; // grows\ny = exponent.softplus();",
  },
  {
    is: 'softmax through a name',
    wish: stable,
    before: "import { model } from 'retrograd';\nconst e = «z.exp()»;\np = e.div(e.sum(1, true));",
    after: "import { model } from 'retrograd';\nconst exponent = z;\np = exponent.softmax(1);",
  },
  {
    is: 'softmax whose sum loses its dimension',
    wish: stable,
    before: "import { model } from 'retrograd';\nconst e = «z.exp()»;\np = e.div(e.sum(0));",
    after: null,
  },
  {
    is: 'softmax of an exponential that is used elsewhere',
    wish: stable,
    before: "import { model } from 'retrograd';\nconst e = «z.exp()»;\np = e.div(e.sum(1, true));\nq = e.mean();",
    after: null,
  },
  {
    is: 'softmax in one expression',
    wish: stable,
    before: "import { model } from 'retrograd';\np = «z.exp()».div(z.exp().sum(1, true));",
    after: "import { model } from 'retrograd';\np = z.softmax(1);",
  },
  {
    is: 'an exponential that is used as it is',
    wish: stable,
    before: "import { model } from 'retrograd';\ny = «z.exp()».mean();",
    after: null,
  },
  {
    is: 'a name that is taken',
    wish: stable,
    before: "import { model } from 'retrograd';\nconst exponent = 2;\nconst e = «z.exp()»;\ny = e.log1p();",
    after: null,
  },
  {
    is: 'a detached part',
    wish: attach,
    before: "import { model } from 'retrograd';\nconst h = «w.mul(x).detach()».add(1);",
    after: "import { model } from 'retrograd';\nconst h = w.mul(x).add(1);",
  },
  {
    is: 'something else that cuts',
    wish: attach,
    before: "import { model } from 'retrograd';\nconst h = «w.round()»;",
    after: null,
  },
  {
    is: 'a column less a row',
    wish: squeezeLeft,
    before: "import { model } from 'retrograd';\ne = «x.matmul(W).sub(t)»;",
    after: "import { model } from 'retrograd';\ne = x.matmul(W).squeeze(1).sub(t);",
  },
  {
    is: 'a row less a column, as a function',
    wish: squeezeRight,
    before: "import { sub } from 'retrograd';\ne = «sub(t, a ? b : c)»;",
    after: "import { sub } from 'retrograd';\ne = sub(t, (a ? b : c).squeeze(0));",
  },
  {
    is: 'another op than the trace has',
    wish: squeezeLeft,
    before: "import { mseLoss } from 'retrograd';\ne = «mseLoss(p, t)»;",
    after: null,
  },
  {
    is: 'a logarithm',
    wish: epsilon,
    before: "import { model } from 'retrograd';\ny = «p.relu().log()»;",
    after: "import { model } from 'retrograd';\ny = p.relu().add(1e-6).log();",
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
  {
    is: 'a divisor of a method',
    wish: epsilon,
    before: "import { model } from 'retrograd';\ny = «x.div(w)»;",
    after: "import { model } from 'retrograd';\ny = x.div(w.add(1e-6));",
  },
  {
    is: 'a divisor of a function',
    wish: epsilon,
    before: "import { div } from 'retrograd';\ny = «div(x, a.sub(b) /* small */)»;",
    after: "import { div } from 'retrograd';\ny = div(x, a.sub(b).add(1e-6) /* small */);",
  },
  {
    is: 'a divisor that is chosen',
    wish: epsilon,
    before: "import { model } from 'retrograd';\ny = «x.div(a ? b : c)»;",
    after: "import { model } from 'retrograd';\ny = x.div((a ? b : c).add(1e-6));",
  },
  {
    is: 'a reciprocal',
    wish: epsilon,
    before: "import { model } from 'retrograd';\ny = «w.square().reciprocal()»;",
    after: "import { model } from 'retrograd';\ny = w.square().add(1e-6).reciprocal();",
  },
  {
    is: 'a reciprocal root as a function',
    wish: epsilon,
    before: "import { rsqrt } from 'retrograd';\ny = «rsqrt(w)»;",
    after: "import { rsqrt } from 'retrograd';\ny = rsqrt(w.add(1e-6));",
  },
  { is: 'no division', wish: epsilon, before: "import { model } from 'retrograd';\ny = «normalise(w)»;", after: null },
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
];

describe('repairs of a source', () => {
  for (const { is, wish, before, after } of forms) {
    it(`${wish.kind}: ${is}`, () => {
      const { text, at } = marked(before);
      const edits = fixEdits('model.ts', text, [{ ...wish, at: at[0]! }]);
      assert.equal(edits && applyEdits(text, edits), after);
    });
  }

  it('are carried out together, each at its place', () => {
    const { text, at } = marked(
      "import { param, randn, relu, sigmoid } from 'retrograd';\nconst W = «param(randn([4, 4]))»;\nh = «sigmoid(h.matmul(W))»; // σ\nh = «sigmoid(h)»;",
    );
    const edits = fixEdits('model.ts', text, [
      { ...relu, at: at[1]! },
      { kind: 'initialise', numerator: 2, dim: 0, fan: 4, at: at[0]! },
      { ...relu, at: at[2]! },
    ]);
    assert.equal(
      edits && applyEdits(text, edits),
      "import { param, randn, relu } from 'retrograd';\nconst W = param(randn([4, 4]).mul(Math.sqrt(2 / 4)));\nh = relu(h.matmul(W)); // σ\nh = relu(h);",
    );
  });

  it('are all carried out, or none', () => {
    const { text, at } = marked("import { model } from 'retrograd';\nh = «z.sigmoid()»; h = «z.tanh()»;");
    const requests = at.map((place) => ({ ...relu, at: place }));
    assert.equal(fixEdits('model.ts', text, requests), null);
  });
});

function marked(source: string): { text: string; at: Span[] } {
  let text = '';
  const starts: number[] = [];
  const at: Span[] = [];
  for (const letter of source) {
    if (letter === '«') starts.push(text.length);
    else if (letter === '»') at.push(span(starts.pop()!, text.length));
    else text += letter;
  }
  return { text, at };
}
