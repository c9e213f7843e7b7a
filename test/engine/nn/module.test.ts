import assert from 'node:assert/strict';
import { type Tensor, nn, param, tanh, tensor } from '../../../engine/library.ts';
import { useRuntime } from '../../../engine/tensor/current-runtime.ts';
import { LocalRuntime } from '../../../engine/autograd/local-runtime.ts';

class Block extends nn.Module {
  readonly linear = new nn.Linear(3, 3, { seed: 1 });
  readonly scale = param([1, 1, 1]);

  forward(x: Tensor, factor = 1): Tensor {
    return this.linear.forward(x).mul(this.scale).mul(factor);
  }
}

class Net extends nn.Module {
  readonly first = new nn.Linear(2, 3, { bias: false, seed: 2 });
  readonly blocks = [new Block(), new Block()];
  readonly tied = this.first.weight;
  last: Tensor | null = null;
  readonly notes = 'not a module';

  forward(x: Tensor): Tensor {
    const hidden = this.blocks.reduce((h, block) => block.forward(h, 2), this.first.forward(x));
    this.last = hidden;
    return hidden.sum();
  }
}

describe('Module', () => {
  it('names its parameters and modules by the fields that hold them, each once', () => {
    const net = new Net();
    assert.deepEqual(
      net.namedParameters().map(([name, { shape }]) => `${name} ${shape.join('×')}`),
      [
        // `tied` is `first.weight` again, and is found first.
        'tied 3×2',
        'blocks.0.scale 3',
        'blocks.0.linear.weight 3×3',
        'blocks.0.linear.bias 3',
        'blocks.1.scale 3',
        'blocks.1.linear.weight 3×3',
        'blocks.1.linear.bias 3',
      ],
    );
    assert.deepEqual(
      net.namedModules().map(([name]) => name),
      ['', 'first', 'blocks.0', 'blocks.0.linear', 'blocks.1', 'blocks.1.linear'],
    );
  });

  it('takes what its forward pass keeps for no parameter', () => {
    const net = new Net();
    const before = net.parameters().length;
    net.forward(tensor([[1, 2]]));
    assert.equal(net.last?.requiresGrad, true);
    assert.equal(net.parameters().length, before);
  });

  it('passes all inputs and the result through', () => {
    const block = new Block();
    const x = tensor([[1, 2, 3]]);
    assert.deepEqual(block.forward(x, 3).toArray(), block.forward(x).mul(3).toArray());
  });

  it('goes to training and to evaluation with all below it', () => {
    const net = new Net();
    assert.equal(net.eval(), net);
    assert.deepEqual([net.training, net.blocks[1]!.linear.training], [false, false]);
    net.train();
    assert.deepEqual([net.training, net.blocks[1]!.linear.training], [true, true]);
  });

  it('forgets the gradients of all parameters', () => {
    const net = new Net();
    net.forward(tensor([[1, 2]])).backward();
    assert.ok(net.parameters().every(({ grad }) => grad !== null));
    net.zeroGrad();
    assert.ok(net.parameters().every(({ grad }) => grad === null));
  });
});

describe('the graph of a module', () => {
  /** Tells of scopes and names, and does all else as in Node. */
  class Told extends LocalRuntime {
    readonly scopes: string[] = [];
    readonly names: string[] = [];
    #open: string[] = [];

    override enterScope(kind: string, name: string): unknown {
      if (kind !== 'module') return null;
      this.#open.push(name);
      this.scopes.push(this.#open.join(' › '));
      return 'module';
    }

    override leaveScope(token: unknown): void {
      if (token === 'module') this.#open.pop();
    }

    override name(_handle: unknown, name: string): void {
      this.names.push(name);
    }
  }

  const told = (body: () => void): Told => {
    const runtime = new Told();
    const before = useRuntime(runtime);
    try {
      body();
    } finally {
      useRuntime(before);
    }
    return runtime;
  };

  it('holds modules in modules, under their fields’ names', () => {
    const { scopes, names } = told(() => new Net().forward(tensor([[1, 2]])));
    assert.deepEqual(scopes, [
      'Net',
      'Net › first',
      'Net › blocks.0',
      'Net › blocks.0 › linear',
      'Net › blocks.1',
      'Net › blocks.1 › linear',
    ]);
    assert.deepEqual(names.slice(0, 2), ['Net.tied', 'blocks.0.scale']);
  });

  it('names parameters once, however often the module runs', () => {
    const { names } = told(() => {
      const layer = new nn.Linear(2, 2);
      layer.forward([1, 2]);
      layer.forward([3, 4]);
    });
    assert.deepEqual(names, ['Linear.weight', 'Linear.bias']);
  });

  it('knows a module that extends another as one', () => {
    class Scaled extends nn.Linear {
      override forward(x: Tensor): Tensor {
        return super.forward(x).mul(2);
      }
    }
    const layer = new Scaled(2, 2);
    const { scopes, names } = told(() => layer.forward(tensor([1, 2])));
    assert.deepEqual([scopes, names], [['Scaled'], ['Scaled.weight', 'Scaled.bias']]);
  });

  it('is left as it was entered when a forward pass throws', () => {
    const { scopes } = told(() => {
      const net = new nn.Sequential(new nn.Linear(2, 2));
      assert.throws(() => net.forward([1, 2, 3]), /matmul|linear/);
      net.forward([1, 2]);
    });
    assert.deepEqual(scopes, ['Sequential', 'Sequential › 0', 'Sequential', 'Sequential › 0']);
  });
});

describe('Sequential', () => {
  it('runs modules and plain functions one after another', () => {
    const [a, b] = [new nn.Linear(2, 3, { seed: 1 }), new nn.Linear(3, 1, { seed: 2 })];
    const net = new nn.Sequential(a, tanh, (x) => x.mul(2), b);
    const x = tensor([[1, -1]]);
    assert.deepEqual(net.forward(x).toArray(), b.forward(a.forward(x).tanh().mul(2)).toArray());
    assert.deepEqual(
      net.namedParameters().map(([name]) => name),
      ['0.weight', '0.bias', '3.weight', '3.bias'],
    );
  });
});
