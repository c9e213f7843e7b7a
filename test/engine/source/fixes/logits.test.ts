import { type Wish, repairs } from './repairs.ts';

const bce: Wish = { kind: 'bceWithLogits' };
const log: Wish = { kind: 'logSoftmax' };

repairs('losses of probabilities', [
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
]);
