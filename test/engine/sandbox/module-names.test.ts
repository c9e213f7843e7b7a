import assert from 'node:assert/strict';
import { Sandbox } from './sandbox.ts';

const net = `class Net extends nn.Module {
  hidden = new nn.Linear(2, 2);
  scale = param([1, 1]);
  forward(x) { return this.hidden.forward(x).mul(this.scale); }
}
`;
const layer = 'new nn.Linear(2, 2)';

/** A program, what its model makes of `x`, and what its parameters are called. */
const programs: Readonly<Record<string, readonly [program: string, made: string, names: readonly string[]]>> = {
  'after the variable that holds it': [`const head = ${layer};`, 'head.forward(x)', ['head.weight', 'head.bias']],
  'after its class where no variable does': ['', `${layer}.forward(x)`, ['Linear.weight', 'Linear.bias']],
  'below its fields': [
    `${net}const model1 = new Net();`,
    'model1.forward(x)',
    ['hidden.weight', 'hidden.bias', 'model1.scale'],
  ],
  'as a second network with the same fields': [
    `${net}const actor = new Net(), critic = new Net();`,
    'critic.forward(actor.forward(x))',
    ['hidden.weight', 'hidden.bias', 'actor.scale', 'critic.hidden.weight', 'critic.hidden.bias', 'critic.scale'],
  ],
  'where its fields are numbers': [
    `const mlp = new nn.Sequential(${layer}, new nn.ReLU(), ${layer});`,
    'mlp.forward(x)',
    ['mlp.0.weight', 'mlp.0.bias', 'mlp.2.weight', 'mlp.2.bias'],
  ],
  'by its place in an array': [
    `const layers = Array.from({ length: 2 }, () => ${layer});`,
    'layers[1].forward(layers[0].forward(x))',
    ['layers.0.weight', 'layers.0.bias', 'layers.1.weight', 'layers.1.bias'],
  ],
  'as the caller of what made it does': [
    `const make = () => { const inner = ${layer}; return inner; };\nconst first = make();\nconst second = make();`,
    'second.forward(first.forward(x))',
    ['first.weight', 'first.bias', 'second.weight', 'second.bias'],
  ],
  'and by no alias': [
    `const one = ${layer};\nconst other = one;`,
    '(() => { const last = other; return last.forward(x); })()',
    ['one.weight', 'one.bias'],
  ],
  'as a property of an object': [
    `const parts = { encoder: ${layer} };`,
    'parts.encoder.forward(x)',
    ['encoder.weight', 'encoder.bias'],
  ],
};

describe('a module is called', function () {
  this.timeout(60_000);
  const sandbox = new Sandbox();
  after(() => sandbox.dispose());

  for (const [what, [program, made, names]] of Object.entries(programs)) {
    it(what, async () => {
      const { trace, problems } = await sandbox.run(
        `import { model, nn, param, tensor } from 'retrograd';\n${program}\nmodel(() => {\n  const x = tensor([[1, 2]]);\n  return ${made}.sum();\n});\n`,
      );
      assert.deepEqual(problems, []);
      assert.deepEqual(
        trace?.nodes.filter(({ kind }) => kind === 'parameter').map(({ name }) => name),
        names,
      );
    });
  }
});
