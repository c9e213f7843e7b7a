import { type Expression, type Setting, call, number } from './expression.ts';
import { helpers } from './typescript-helpers.ts';
import { type Settings, named, row, settingText } from './typescript-settings.ts';

/** A call of a function of the library, or of one that is written out beside it. Texts among the parts are settings. */
export interface LibraryCall {
  readonly fn: string;
  readonly parts: readonly (Expression | string)[];
}

const reduced = row(['dim', null], ['keepdim', false]);
const spread = (settings: Settings): string[] => {
  const options = named({ unbiased: true, keepdim: false })(settings);
  const dim = settings.dim ?? null;
  return options.length > 0 || dim !== null ? [settingText(dim), ...options] : [];
};
export const placed: Settings = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 };
/** Windows lie side by side unless they are told otherwise, so that the stride is always said. */
export const pooled: Settings = { stride: null, padding: [0, 0], dilation: [1, 1], ceilMode: false };
export const averaged: Settings = { ...pooled, countIncludePad: true };

/** What functions are told besides tensors, after them. One that is not here is told nothing. */
const told: Readonly<Record<string, (settings: Settings) => string[]>> = {
  clamp: row(['min', null], ['max', null]),
  maskedFill: row(['value', undefined]),
  leakyRelu: row(['negativeSlope', 0.01]),
  elu: row(['alpha', 1]),
  celu: row(['alpha', 1]),
  hardtanh: row(['min', -1], ['max', 1]),
  softplus: named({ beta: 1, threshold: 20 }),
  gelu: named({ approximate: 'none' }),
  ...Object.fromEntries(
    ['sum', 'mean', 'prod', 'max', 'min', 'logsumexp', 'all', 'any', 'argmax', 'argmin'].map((op) => [op, reduced]),
  ),
  variance: spread,
  std: spread,
  norm: named({ p: 2, dim: null, keepdim: false }),
  cumsum: row(['dim', undefined]),
  cumprod: row(['dim', undefined]),
  tril: row(['diagonal', 0]),
  triu: row(['diagonal', 0]),
  solveTriangular: named({ upper: true, unitriangular: false }),
  expand: row(['shape', undefined]),
  reshape: row(['shape', undefined]),
  flip: row(['dims', undefined]),
  pad: row(['pads', undefined], ['value', 0]),
  permute: row(['dims', undefined]),
  roll: row(['shifts', undefined], ['dims', undefined]),
  slice: row(['dim', undefined], ['start', undefined], ['end', null], ['step', 1]),
  transpose: row(['dim0', -2], ['dim1', -1]),
  argsort: (settings) => [settingText(settings.dim ?? -1), ...named({ descending: false })(settings)],
  conv2d: (settings) => ['null', ...named(placed)(settings)],
  maxPool2d: (settings) => [settingText(settings.kernel!), ...named(pooled)(settings)],
  avgPool2d: (settings) => [settingText(settings.kernel!), ...named(averaged)(settings)],
};

/** How an op of the register is called. */
export function libraryCall(fn: string, args: readonly Expression[], settings: Settings): LibraryCall {
  const [x, y] = args;
  const dim = settingText(settings.dim ?? null);
  switch (fn) {
    case 'mT':
      return { fn: 'transpose', parts: [x!] };
    case 'step':
      return { fn: 'where', parts: [call('lessEqual', x!, number(0)), number(0), number(1)] };
    case 'binaryCrossEntropy':
      return { fn: 'bce', parts: [x!, y!, "{ reduction: 'none' }"] };
    case 'gather':
      return { fn, parts: [x!, dim, y!] };
    case 'solveTriangular':
      if (settings.transpose !== true) break;
      return libraryCall(fn, [call('mT', x!), y!], {
        ...settings,
        upper: settings.upper !== true,
        transpose: false,
      });
    case 'cumsum':
      if (settings.reverse !== true) break;
      return {
        fn: 'flip',
        parts: [withSettings('cumsum', withSettings('flip', x!, { dims: settings.dim! }), { dim: settings.dim! }), dim],
      };
    default:
  }
  const helper = helpers[fn];
  if (helper && (helper.when?.(settings) ?? true))
    return { fn: helper.name, parts: [...args, ...helper.told(settings)] };
  return { fn, parts: [...args, ...(told[fn]?.(settings) ?? [])] };
}

const withSettings = (fn: string, x: Expression, attributes: Readonly<Record<string, Setting>>): Expression => ({
  kind: 'call',
  fn,
  args: [x],
  attributes,
});
