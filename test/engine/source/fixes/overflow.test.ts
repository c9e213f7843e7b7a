import { type Wish, repairs } from './repairs.ts';

const stable: Wish = { kind: 'stableExp' };
const epsilon: Wish = { kind: 'epsilon' };

repairs('what overflows or divides by zero', [
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
    is: 'a logarithm',
    wish: epsilon,
    before: "import { model } from 'retrograd';\ny = «p.relu().log()»;",
    after: "import { model } from 'retrograd';\ny = p.relu().add(1e-6).log();",
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
]);
