import { type Wish, repairs } from './repairs.ts';

const attach: Wish = { kind: 'attach' };
const squeezeLeft: Wish = { kind: 'squeeze', op: 'sub', side: 'left', dim: 1 };
const squeezeRight: Wish = { kind: 'squeeze', op: 'sub', side: 'right', dim: 0 };

repairs('what gradients and shapes depend on', [
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
]);
