import { runtime } from '../tensor/current-runtime.ts';
import { type TensorLike, asTensor, randn, tensor } from './create.ts';
import { noGrad } from './grad-mode.ts';
import { optionsOf } from './options.ts';
import { Tensor } from './tensor.ts';
import { apply } from './apply.ts';
import {
  type TensorFunction,
  evaluateAt,
  pullbackOf,
  requireFunction,
  requireList,
} from './transforms/differentiate.ts';

/** One element of one input. */
export interface Element {
  readonly input: number;
  readonly element: number;
  readonly analytic: number;
  readonly numeric: number;
}

export interface GradcheckReport extends Element {
  /** Whether every element agrees, or stands at a kink. */
  readonly passed: boolean;
  /** Largest |analytic − numeric| / max(1, |numeric|) away from kinks; the element it belongs to is this one. */
  readonly worst: number;
  /** Where the function has different slopes to the left and to the right, and the gradient is one of them or between. */
  readonly kinks: readonly Element[];
}

export interface GradcheckOptions {
  /** Step of the central difference. Default 1e-6. */
  readonly eps?: number;
  /** |analytic − numeric| may be atol + rtol · |numeric|. Defaults 1e-5 and 1e-3. */
  readonly atol?: number;
  readonly rtol?: number;
}

/**
 * Compares gradients with central differences (f(x + ε) − f(x − ε)) / 2ε, all in float64. Defaults are those of PyTorch's
 * `gradcheck`. A function that returns more than a scalar is checked along one random direction of its output.
 */
export function gradcheck(
  f: TensorFunction,
  inputs: readonly TensorLike[],
  options?: GradcheckOptions,
): GradcheckReport {
  const { eps, atol, rtol } = optionsOf('gradcheck', options, { eps: 1e-6, atol: 1e-5, rtol: 1e-3 });
  requireFunction('gradcheck', f);
  requireList('gradcheck', 'inputs', inputs);
  const points = inputs.map((input) => asDouble(asTensor(input)));
  const contents = points.map(({ data }) => Float64Array.from(data));
  const along = (y: Tensor): Tensor => {
    const flat = apply('reshape', [y], { shape: [y.size] });
    const weights = y.size === 1 ? tensor([1], { dtype: y.dtype }) : randn([y.size], { seed: 7, dtype: y.dtype });
    return apply('sum', [apply('mul', [flat, weights])], { dim: null, keepdim: false });
  };
  const g: TensorFunction = (...xs) => along(f(...xs));
  const gradients = noGrad(() => pullbackOf(evaluateAt('gradcheck', g, points), null)).map(({ data }) => data);
  const at = (k: number, i: number, x: number): number => {
    const before = contents[k]![i]!;
    contents[k]![i] = x;
    const value = noGrad(() => g(...contents.map((content, j) => leafOf(content, points[j]!)))).item();
    contents[k]![i] = before;
    return value;
  };
  let worst: Element & { readonly error: number } = { input: 0, element: 0, analytic: 0, numeric: 0, error: 0 };
  let passed = true;
  const kinks: Element[] = [];
  contents.forEach((content, k) => {
    Array.from(content).forEach((x, i) => {
      const [above, here, below] = [at(k, i, x + eps), at(k, i, x), at(k, i, x - eps)];
      const numeric = (above - below) / (2 * eps);
      const analytic = gradients[k]![i]!;
      const found = { input: k, element: i, analytic, numeric };
      const allowed = atol + rtol * Math.abs(numeric);
      const good = Math.abs(analytic - numeric) <= allowed;
      if (isKink((above - here) / eps, (here - below) / eps, analytic, allowed)) {
        kinks.push(found);
        return;
      }
      passed &&= good;
      const error = Math.abs(analytic - numeric) / Math.max(1, Math.abs(numeric));
      if (error > worst.error || Number.isNaN(error)) worst = { ...found, error };
    });
  });
  const { error, ...element } = worst;
  return { passed, worst: error, ...element, kinks };
}

/** A smooth function's slopes on the two sides differ by a step's length only; a subgradient lies between them. */
function isKink(right: number, left: number, analytic: number, allowed: number): boolean {
  const [low, high] = [Math.min(left, right), Math.max(left, right)];
  return high - low > 10 * allowed && analytic >= low - allowed && analytic <= high + allowed;
}

const asDouble = (x: Tensor): Tensor => (x.dtype === 'float64' ? x : tensor(x, { dtype: 'float64' }));

function leafOf(content: Float64Array, { shape }: Tensor): Tensor {
  const what = { shape, dtype: 'float64', requiresGrad: false } as const;
  return new Tensor(runtime().leaf('constant', content.slice(), what), what);
}
