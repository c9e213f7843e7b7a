/** The library was asked for something it cannot do. `name` survives the sandbox's wall, where only texts cross. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** The library was given something that it cannot use: no numbers, an option of the wrong kind, a dtype that there is not. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

/** What was given, in few words. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `the text '${value.slice(0, 40)}'`;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value))
    return `[${value.slice(0, 6).map(describeElement).join(', ')}${value.length > 6 ? ', …' : ''}]`;
  if (typeof value === 'function') return 'a function';
  // Not by its class, which is made of these errors.
  const { shape, requiresGrad } = value as { readonly shape?: unknown; readonly requiresGrad?: unknown };
  if (requiresGrad !== undefined && Array.isArray(shape)) return `a tensor of shape [${shape.join(', ')}]`;
  if (typeof (value as { then?: unknown }).then === 'function') return 'a promise';
  return `an object with ${Object.keys(value).slice(0, 4).join(', ') || 'nothing in it'}`;
}

/** Of a list, lists and objects in it are named, not told. */
const describeElement = (value: unknown): string =>
  Array.isArray(value) ? '[…]' : typeof value === 'object' && value !== null ? 'an object' : String(value);

/** A model function returned something that a backward pass cannot start from. */
export class NotALoss extends Error {
  override readonly name = 'NotALoss';
}

/** A number that is not finite was made of finite ones, while `detectAnomaly` watched. */
export class AnomalyError extends Error {
  override readonly name = 'AnomalyError';
}

/** A gradient is not what `expectGradient` says it has to be. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}

/** A gradient was asked for where there can be none, or twice where there is one. */
export class GradientError extends Error {
  override readonly name = 'GradientError';
}
