import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Tensor } from '../../../engine/library.ts';
import { type NestedNumbers, nn, param, tensor } from '../../../engine/library.ts';
import { close } from '../ops/close.ts';

type Numbers = NestedNumbers;

/** See test/fixtures/torch/networks.py. */
interface Case {
  readonly layer: string;
  readonly sizes: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly train: boolean;
  readonly state: Readonly<Record<string, Numbers>>;
  /** A list where the layer takes a pair, as an LSTM its state. */
  readonly inputs: readonly unknown[];
  /** Of the inputs one by one, whether they are indices. */
  readonly whole: readonly boolean[];
  readonly masks: Readonly<Record<string, unknown>>;
  readonly weights: readonly Numbers[];
  readonly outputs: readonly Numbers[];
  readonly gradients: Readonly<Record<string, Numbers>>;
  readonly inputGradients: readonly (Numbers | null)[];
  readonly after?: Readonly<Record<string, Numbers>>;
}

const file = new URL('../../fixtures/torch/networks.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] };
const f64 = { dtype: 'float64' } as const;
const layers = new Map<string, unknown>(Object.entries(nn));
/** Layers that have no numbers of their own to choose a dtype for. */
const plain = /Pool/;
const tolerance = 1e-12;

const numbers = (x: Numbers): number[] => [x].flat(9).map(Number);
const same = (made: Tensor | null | undefined, expected: Numbers): void => {
  assert.ok(made, 'there is none');
  assert.deepEqual(made.shape, tensor(expected, f64).shape);
  close(numbers(made.toArray()), numbers(expected), tolerance);
};

/** What PyTorch calls `in_proj_weight`. */
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function made({ layer, sizes, options, state, train }: Case): nn.Module & { forward(...inputs: unknown[]): unknown } {
  const Layer = layers.get(layer) as new (...given: unknown[]) => ReturnType<typeof made>;
  const module = new Layer(...sizes, plain.test(layer) ? options : { ...options, ...f64 });
  module.loadStateDict(state);
  return module.train(train);
}

/** Which of a pair an input is: an LSTM's state has its place in PyTorch's file as a list. */
const isPair = ({ layer }: Case, i: number): boolean => layer.startsWith('LSTM') && i === 1;

describe('layers and PyTorch’s, with the same weights', () => {
  cases.forEach((one, index) => {
    const { layer, sizes, options, train, masks } = one;
    const how = JSON.stringify({ ...options, ...(train ? {} : { train }) });
    it(`${index}: ${layer}(${sizes.join(', ')}) ${how} ${Object.keys(masks).join(' ')}`, () => {
      const module = made(one);
      const leaves: Tensor[] = [];
      const leaf = (x: unknown): Tensor => {
        const whole = one.whole[leaves.length]!;
        const made = whole ? tensor(x as number[], { dtype: 'int32' }) : param(x as number[], f64);
        leaves.push(made);
        return made;
      };
      const inputs = one.inputs.map((x, i) => (isPair(one, i) ? (x as unknown[]).map(leaf) : leaf(x)));
      const outputs = [module.forward(...inputs, ...(Object.keys(masks).length > 0 ? [masks] : []))]
        .flat(9)
        .filter((output) => output !== null) as Tensor[];
      assert.equal(outputs.length, one.outputs.length);
      outputs.forEach((output, i) => same(output, one.outputs[i]!));
      outputs
        .map((output, i) => output.mul(tensor(one.weights[i]!, f64)).sum())
        .reduce((total, part) => total.add(part))
        .backward();
      const parameters = new Map(module.namedParameters());
      assert.equal(parameters.size, Object.keys(one.gradients).length);
      for (const [name, gradient] of Object.entries(one.gradients)) same(parameters.get(camel(name))?.grad, gradient);
      one.inputGradients.forEach((gradient, i) => gradient !== null && same(leaves[i]!.grad, gradient));
      for (const [name, value] of Object.entries(one.after ?? {})) same(module.stateDict()[camel(name)], value);
    });
  });
});
