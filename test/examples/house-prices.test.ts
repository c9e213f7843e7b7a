import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chain, allNear, gradient, near, sum, value } from './numbers.ts';
import { printed, root } from './command-line.ts';
import { houseCsv, houseModule, noise } from './house-prices-data.ts';

const data = join(root, 'examples', 'data');
type Row = Readonly<Record<string, string>>;

/** The example once more in plain numbers of float64: rows in, columns out. */
const [header, ...lines] = houseCsv()
  .trim()
  .split('\n')
  .map((line) => line.split(','));
const rows: Row[] = lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])));
const mean = (xs: readonly number[]): number => sum(xs) / xs.length;
const target = (some: readonly Row[]): number[] => some.map(({ price }) => Math.log(Number(price)));

function encoded(training: readonly Row[], some: readonly Row[]): number[][] {
  const numeric = ['area', 'rooms', 'year', 'distance', 'garden'].map((name) => {
    const known = training.map((row) => row[name]!).filter((cell) => cell !== '');
    const center = mean(known.map(Number));
    const spread = Math.sqrt(mean(known.map((cell) => (Number(cell) - center) ** 2)));
    return some.map((row) => (row[name] === '' ? 0 : (Number(row[name]) - center) / spread));
  });
  const kinds = ['detached', 'flat', 'terraced'].map((kind) => some.map((row) => (row['kind'] === kind ? 1 : 0)));
  const heating = ['district', 'gas', 'heat pump'].map((how) => some.map((row) => (row['heating'] === how ? 1 : 0)));
  const columns = [...numeric, ...kinds, ...heating];
  return some.map((_, i) => columns.map((column) => column[i]!));
}

interface Line {
  readonly w: readonly number[];
  readonly b: number;
}

const errorsOf = (X: readonly number[][], y: readonly number[], { w, b }: Line): number[] =>
  X.map((row, i) => sum(row.map((x, j) => x * w[j]!)) + b - y[i]!);
const rmse = (errors: readonly number[]): number => Math.sqrt(mean(errors.map((e) => e * e)));

/** ∂√mean(e²)/∂w = Xᵀ·e / (n·rmse), ∂/∂b = Σ e / (n·rmse). */
function slopes(X: readonly number[][], errors: readonly number[]): number[] {
  const scale = errors.length * rmse(errors);
  return [...X[0]!.map((_, j) => sum(errors.map((e, i) => e * X[i]![j]!)) / scale), sum(errors) / scale];
}

/** Adam as its paper has it, with λ·w added to the gradient. */
function trained(X: readonly number[][], y: readonly number[], steps: number): Line {
  const [rate, decay, beta1, beta2] = [0.06, 1e-3, 0.9, 0.999];
  let parameters = [...X[0]!.map(() => 0), mean(y)];
  let [m, v] = [parameters.map(() => 0), parameters.map(() => 0)];
  for (let t = 1; t <= steps; t++) {
    const at = { w: parameters.slice(0, -1), b: parameters.at(-1)! };
    const g = slopes(X, errorsOf(X, y, at)).map((slope, j) => slope + decay * parameters[j]!);
    m = m.map((one, j) => beta1 * one + (1 - beta1) * g[j]!);
    v = v.map((one, j) => beta2 * one + (1 - beta2) * g[j]! ** 2);
    parameters = parameters.map(
      (p, j) => p - (rate * (m[j]! / (1 - beta1 ** t))) / (Math.sqrt(v[j]! / (1 - beta2 ** t)) + 1e-8),
    );
  }
  return { w: parameters.slice(0, -1), b: parameters.at(-1)! };
}

describe('house-prices', () => {
  it('has the data that its source makes, as CSV and as a module', () => {
    const expected = { 'house-prices.csv': houseCsv(), 'house-prices.ts': houseModule(houseCsv()) };
    for (const [file, text] of Object.entries(expected)) {
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(join(data, file), text);
      assert.equal(readFileSync(join(data, file), 'utf8'), text, file);
    }
    assert.equal(rows.length, 120);
    assert.ok(
      rows.some(({ garden }) => garden === ''),
      'some values are missing',
    );
  });

  it('makes numbers of the table: standardised, filled with the mean, one-hot', () => {
    const X = encoded(rows, rows);
    allNear(value('house-prices', 'X'), X.flat(), 'X', 2e-6);
    allNear(value('house-prices', 'y'), target(rows), 'y');
  });

  it('has the log-RMSE and its gradient in closed form', () => {
    const X = encoded(rows, rows);
    const errors = errorsOf(X, target(rows), { w: X[0]!.map(() => 0), b: 12 });
    near(value('house-prices', 'loss')[0], rmse(errors));
    allNear([...gradient('house-prices', 'w'), ...gradient('house-prices', 'b')], slopes(X, errors), 'w, b', 1e-5);
    assert.equal(chain('house-prices', 'w').length, 2);
  });

  it('judges itself by four folds, as the same computation in float64 does', () => {
    const errors = [0, 1, 2, 3].map((k) => {
      const kept = rows.filter((_, i) => i % 4 !== k);
      const heldOut = rows.filter((_, i) => i % 4 === k);
      const line = trained(encoded(kept, kept), target(kept), 30);
      return rmse(errorsOf(encoded(kept, heldOut), target(heldOut), line));
    });
    const told = printed('house-prices').map((line) => Number(/(\d\.\d+)$/.exec(line)![1]));
    [...errors, mean(errors)].forEach((error, k) => near(told[k], error, `fold ${k + 1}`, 1e-3));
  });

  it('learns all but the noise', async function () {
    this.timeout(30_000);
    const print = console.log;
    console.log = () => undefined;
    const { prices } = (await import(join(root, 'examples', 'house-prices.ts'))) as { prices: { train(): number[] } };
    console.log = print;
    const losses = prices.train();
    assert.ok(losses[0]! > 0.4 && losses.at(-1)! < 1.2 * noise, String(losses.at(-1)));
  });
});
