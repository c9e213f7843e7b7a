import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import type { Model } from '../../engine/library.ts';
import { withBundle } from '../bundled.ts';
import { quantile } from '../quantiles.ts';
import { digits, mlp } from './training-models.ts';
import type * as Measure from './training-measure.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
const target = 0.6;
/** Milliseconds of each round, and how many: the two take turns, so that both meet the same machine. */
const round = 250;
const rounds = 9;
const warmUp = 200;
const nameWidth = 38;

const example = (name: string): string => readFileSync(join(root, 'examples', `${name}.ts`), 'utf8');

const programs: readonly (readonly [name: string, text: string, model: string])[] = [
  ['xor: 4 cases, 4 hidden units', example('xor'), 'xor'],
  ['moons: batches of 50, 2-16-16-1', example('moons'), 'classifier'],
  ['mlp: batches of 64, 64-128-64-10', mlp, 'fit'],
  ['digits: batches of 64, 784-128-64-10', digits, 'fit'],
  ['lenet: 16 pictures of 28 × 28', example('lenet'), 'lenet'],
];

/** How fast the sandbox trains beside the library alone in Node. The losses of both are compared to the last bit first. */
export const training = (): Promise<void> =>
  withBundle<typeof Measure>(join(import.meta.dirname, 'training-measure.ts'), async (measure, folder) => {
    stdout.write('training, steps a second, median of rounds that take turns\n');
    stdout.write(`${''.padEnd(nameWidth)}    Node  sandbox   ratio (target ${target})\n`);
    for (const [name, text, model] of programs) {
      const plain = await plainly(text, model);
      const sandboxed = await measure.sandboxed(text, model, dist, folder);
      const [wanted, made] = [plain(warmUp), sandboxed(warmUp)];
      if (wanted.some((loss, i) => loss !== made[i])) throw new Error(`${name}: the losses differ.`);
      const rates: [number[], number[]] = [[], []];
      for (let i = 0; i < rounds; i++) {
        rates[0].push(stepsPerSecond(plain));
        rates[1].push(stepsPerSecond(sandboxed));
      }
      const [node, sandbox] = rates.map((of) => quantile(of, 0.5)) as [number, number];
      const ratio = sandbox / node;
      stdout.write(
        `${name.padEnd(nameWidth)}${node.toFixed(0).padStart(8)} ${sandbox.toFixed(0).padStart(8)}   ${ratio.toFixed(2)} ${ratio >= target ? 'reached' : 'missed'}\n`,
      );
    }
  });

/** On the library as it is shipped: a module of its own each time, as it knows all parameters that were ever made. */
async function plainly(text: string, model: string): Promise<Measure.Train> {
  const library = `${pathToFileURL(join(dist, 'retrograd.js')).href}?${Math.random()}`;
  const { code } = transformSync(text, { loader: 'ts', format: 'esm' });
  const source = code.replaceAll(/from\s*"retrograd"/g, `from ${JSON.stringify(library)}`);
  const program = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as Record<string, Model>;
  return (steps) => program[model]!.train(steps);
}

function stepsPerSecond(train: Measure.Train): number {
  const started = performance.now();
  let [steps, passed] = [0, 0];
  while (passed < round) {
    train(10);
    steps += 10;
    passed = performance.now() - started;
  }
  return (steps * 1000) / passed;
}
