import { param } from './create.ts';
import { noGrad } from './grad-mode.ts';
import type { Tensor } from './tensor.ts';

export interface GradcheckReport {
  readonly passed: boolean;
  /** Largest |analytic − numeric| / max(1, |numeric|). */
  readonly worst: number;
  /** Where it was: which input, which element. */
  readonly input: number;
  readonly element: number;
  readonly analytic: number;
  readonly numeric: number;
}

/**
 * Compares gradients with central differences (f(x + ε) − f(x − ε)) / 2ε in float64.
 * Defaults are those of PyTorch's `gradcheck`: ε = 1e-6, |a − n| ≤ 1e-5 + 1e-3·|n|.
 * @param f returns a tensor; its sum is differentiated.
 * @param inputs contents are copied to float64 parameters.
 */
export function gradcheck(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  { eps = 1e-6, atol = 1e-5, rtol = 1e-3 }: { eps?: number; atol?: number; rtol?: number } = {},
): GradcheckReport {
  const contents = inputs.map((input) => Float64Array.from(input.data));
  const leaves = (): Tensor[] =>
    contents.map((content, k) => param(content, { dtype: 'float64' }).reshape(inputs[k]!.shape).detach());
  const made = contents.map((content, k) => ({ flat: param(content, { dtype: 'float64' }), shape: inputs[k]!.shape }));
  const loss = f(...made.map(({ flat, shape }) => flat.reshape(shape))).sum();
  loss.backward();
  let report: GradcheckReport = { passed: true, worst: 0, input: 0, element: 0, analytic: 0, numeric: 0 };
  made.forEach(({ flat }, k) => {
    const gradient = flat.grad?.data ?? new Float64Array(flat.size);
    contents[k]!.forEach((x, i) => {
      const at = (value: number): number => {
        contents[k]![i] = value;
        return noGrad(() =>
          f(...leaves())
            .sum()
            .item(),
        );
      };
      const numeric = (at(x + eps) - at(x - eps)) / (2 * eps);
      contents[k]![i] = x;
      const analytic = gradient[i]!;
      const error = Math.abs(analytic - numeric) / Math.max(1, Math.abs(numeric));
      const good = Math.abs(analytic - numeric) <= atol + rtol * Math.abs(numeric);
      if (error > report.worst || !good)
        report = { passed: report.passed && good, worst: error, input: k, element: i, analytic, numeric };
    });
  });
  return report;
}
