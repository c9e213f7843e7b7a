// Regression on a table: from the size, age, place and kind of a house to its price.
// Prices are compared by ratio, so the model predicts ln price, and the error is √mean((ln ŷ − ln y)²), the log-RMSE:
// 0.1 means about 10 % off. Trained with Adam, held back by weight decay, judged by K-fold cross-validation.
import { type Tensor, input, model, noGrad, optim, param, tensor, vjp, zeros } from 'retrograd';
import { csv } from './data/house-prices.ts';

type Row = Readonly<Record<string, string>>;
const [header, ...lines] = csv
  .trim()
  .split('\n')
  .map((line) => line.split(','));
const rows: Row[] = lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])));

const numeric = ['area', 'rooms', 'year', 'distance', 'garden'];
const categorical = ['kind', 'heating'];

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/**
 * Rows as numbers. Numeric columns are standardised, (x − μ)/σ, with μ and σ of the rows that are trained on; a missing value
 * is filled with the mean, which then is 0. A category becomes one column for each of its values: one-hot.
 */
function encoder(training: readonly Row[]): (rows: readonly Row[]) => number[][] {
  const scales = numeric.map((name) => {
    const known = training.flatMap((row) => (row[name] === '' ? [] : [Number(row[name])]));
    const mean = meanOf(known);
    return { name, mean, deviation: Math.sqrt(meanOf(known.map((x) => (x - mean) ** 2))) };
  });
  const levels = categorical.map((name) => ({ name, values: [...new Set(training.map((row) => row[name]!))].sort() }));
  return (some) =>
    some.map((row) => [
      ...scales.map(({ name, mean, deviation }) => (row[name] === '' ? 0 : (Number(row[name]) - mean) / deviation)),
      ...levels.flatMap(({ name, values }) => values.map((value) => Number(row[name] === value))),
    ]);
}

const logPrices = (some: readonly Row[]): number[][] => some.map(({ price }) => [Math.log(Number(price))]);

/** For X [n, columns] and y [n, 1] a scalar; for K of them in one tensor, [K, n, columns] and [K, n, 1], as many errors: [K]. */
const logRmse = (X: Tensor, y: Tensor, w: Tensor, b: Tensor): Tensor => {
  const o = X.matmul(w).add(b);
  return o.sub(y).square().mean([-2, -1]).sqrt();
};

const adam = optim.adam({ lr: 0.06, weightDecay: 1e-3 });
const steps = 30;

/** Each fold is kept out of training once, and judges what was learned from the others. All learn side by side, as one batch. */
function crossValidated(K: number): number[] {
  const folds = Array.from({ length: K }, (_, k) => {
    const training = rows.filter((_row, i) => i % K !== k);
    return { training, validation: rows.filter((_row, i) => i % K === k), encode: encoder(training) };
  });
  const X = tensor(folds.map(({ training, encode }) => encode(training)));
  const y = tensor(folds.map(({ training }) => logPrices(training)));
  let w = zeros([K, X.shape[2]!, 1]);
  let b = y.mean([1, 2], true);
  let [stateW, stateB] = [adam.init(w), adam.init(b)];
  for (let i = 0; i < steps; i++) {
    const [gradW, gradB] = vjp((w, b) => logRmse(X, y, w, b).sum(), w, b).pullback(1);
    ({ parameter: w, state: stateW } = adam.update(w, gradW!, stateW));
    ({ parameter: b, state: stateB } = adam.update(b, gradB!, stateB));
  }
  const unseen = tensor(folds.map(({ validation, encode }) => encode(validation)));
  const prices = tensor(folds.map(({ validation }) => logPrices(validation)));
  return logRmse(unseen, prices, w, b).toArray() as number[];
}

const K = 4;
// Without noGrad the steps themselves would be recorded, to be differentiated in turn.
const errors = noGrad(() => crossValidated(K));
errors.forEach((error, k) => console.log(`fold ${k + 1}: log-RMSE ${error.toFixed(3)}`));
console.log(`mean of ${K} folds: ${meanOf(errors).toFixed(3)}`);

// The model that is kept learns from all rows.
const features = encoder(rows)(rows);
const w = param(zeros([features[0]!.length, 1]));
const b = param(12); // e¹² ≈ 163 000

export const prices = model(
  () => {
    const X = input(features);
    const y = input(logPrices(rows));
    const loss = logRmse(X, y, w, b);
    return loss;
  },
  { optimizer: adam, steps },
);
