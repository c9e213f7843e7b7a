import assert from 'node:assert/strict';
import { nn, optim, param } from '../../../engine/library.ts';

const untyped = (value: unknown): never => value as never;
const net = new nn.Linear(2, 1);

describe('options of optimisers', () => {
  const { sgd, adam, adamw, rmsprop, adagrad } = optim;
  for (const [name, make] of Object.entries({ sgd, adam, adamw, rmsprop, adagrad })) {
    it(`are no parameters: ${name}`, () => {
      for (const given of [net.parameters(), param(1)])
        assert.throws(() => make(untyped(given)), {
          name: 'ArgumentError',
          message: new RegExp(`^${name}: parameters do not go here: optim\\.stepper\\(optim\\.${name}\\(`),
        });
    });

    it(`have names: ${name}`, () => {
      assert.throws(() => make(untyped({ learningRate: 0.1 })), {
        name: 'ArgumentError',
        message: new RegExp(`^${name}: there is no option 'learningRate'\\. Did you mean 'lr'\\?`),
      });
      assert.throws(() => make(untyped({ lr: 0.1, weight_decay: 0.1 })), /Did you mean 'weightDecay'\?/);
      assert.throws(() => make(untyped(0.1)), /options are an object such as \{ lr: … \}, not 0\.1/);
    });
  }

  it('and parameters are told apart by stepper', () => {
    const optimizer = optim.sgd({ lr: 0.1 });
    assert.throws(
      () => optim.stepper(untyped(net.parameters()), untyped(optimizer)),
      /^ArgumentError: stepper: the first/,
    );
    assert.throws(() => optim.stepper(optimizer, untyped(net)), /a list of parameters, such as net\.parameters\(\)/);
    assert.throws(() => optim.stepper(optimizer, untyped([net])), /a list of parameters/);
    assert.throws(() => optim.stepper(optimizer, untyped(param(1))), /not a tensor: write \[w\]\.$/);
  });

  it('and a module is told apart from its parameters where gradients are clipped', () => {
    assert.throws(
      () => optim.clipGradNorm(untyped(net), 1),
      /^ArgumentError: clipGradNorm: the first .* net\.parameters\(\)/,
    );
    assert.throws(() => optim.clipGradValue(untyped(param(1)), 1), /^ArgumentError: clipGradValue: .* a tensor: write/);
  });
});
