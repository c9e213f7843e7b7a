import { readFileSync } from 'node:fs';
import { type Tensor, optim, param, tensor } from '../../../engine/library.ts';
import { close } from '../ops/close.ts';

/** See test/fixtures/torch/optimisers.py. */
interface Way {
  /** w after steps 5, 10, 15 and 20. */
  readonly ways: readonly (readonly number[])[];
}
type Options = Readonly<Record<string, unknown>>;
interface Numbers {
  readonly start: readonly number[];
  readonly curvature: readonly number[];
  readonly waves: readonly number[];
  readonly optimisers: readonly (Way & {
    readonly optimizer: 'sgd';
    readonly options: Parameters<typeof optim.sgd>[0];
  })[];
  readonly schedules: readonly (Way & {
    readonly schedule: 'stepLr';
    readonly arguments: Parameters<typeof optim.stepLr>[1];
    readonly lr: number;
    readonly rates: readonly number[];
  })[];
  readonly clips: readonly (Way & {
    readonly clip: 'clipGradNorm' | 'clipGradValue';
    readonly value: number;
    readonly options: Options;
  })[];
}

const file = new URL('../../fixtures/torch/optimisers.json', import.meta.url);
const { start, curvature, waves, optimisers, schedules, clips } = JSON.parse(readFileSync(file, 'utf8')) as Numbers;
const { sgd, adam, adamw, rmsprop, adagrad, stepLr, exponentialLr, cosineAnnealing, linearWarmup } = optim;
const optimizers = { sgd, adam, adamw, rmsprop, adagrad };
const learningRates = { stepLr, exponentialLr, cosineAnnealing, linearWarmup };
const f64 = { dtype: 'float64' } as const;
/** After 20 steps that each round. */
const tolerance = 1e-12;

/** w after every fifth of 20 steps. */
function way(optimizer: optim.Optimizer, clip: (w: Tensor) => void = () => {}): number[][] {
  const w = param(start, f64);
  const stepper = optim.stepper(optimizer, [w]);
  const reached: number[][] = [];
  for (let step = 1; step <= 20; step++) {
    stepper.zeroGrad();
    const bowl = tensor(curvature, f64).mul(w).mul(w).div(2);
    bowl
      .add(tensor(waves, f64).mul(w.mul(3).sin()))
      .sum()
      .backward();
    clip(w);
    stepper.step();
    if (step % 5 === 0) reached.push(Array.from(w.data));
  }
  return reached;
}

const same = (made: readonly number[][], { ways }: Way): void =>
  ways.forEach((expected, i) => close(made[i]!, expected, tolerance));

describe('20 steps go where PyTorch’s go', () => {
  for (const one of optimisers)
    it(`${one.optimizer} ${JSON.stringify(one.options)}`, () => same(way(optimizers[one.optimizer](one.options)), one));

  for (const one of schedules)
    it(`${one.schedule} ${JSON.stringify(one.arguments)}`, () => {
      const lr = learningRates[one.schedule](one.lr, one.arguments);
      close(
        Array.from({ length: 20 }, (_, step) => lr(step)),
        one.rates,
        tolerance,
      );
      same(way(optim.sgd({ lr })), one);
    });

  for (const one of clips)
    it(`${one.clip} ${one.value} ${JSON.stringify(one.options)}`, () => {
      const options = { ...one.options, ...(one.options['normType'] === 'Infinity' ? { normType: Infinity } : {}) };
      same(
        way(optim.sgd({ lr: 0.05 }), (w) =>
          one.clip === 'clipGradValue'
            ? optim.clipGradValue([w], one.value)
            : void optim.clipGradNorm([w], one.value, options),
        ),
        one,
      );
    });
});
