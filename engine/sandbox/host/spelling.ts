import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import * as library from '../../library.ts';

/** What `import { … } from 'retrograd'` can ask for. */
export const exported: ReadonlySet<string> = new Set(Object.keys(library));

/** What can be called with a point before it: methods of tensors, and what the library and its parts offer. */
const members: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(library.Tensor.prototype),
  ...exported,
  ...Object.keys(library.nn),
  ...Object.keys(library.optim),
]);

/** How PyTorch, NumPy and TensorFlow.js call what is called otherwise here, and what to write instead. */
const elsewhere = (): Readonly<Record<string, string>> => ({
  arraySync: 'toArray()',
  array: 'toArray()',
  tolist: 'toArray()',
  dataSync: 'data',
  numpy: 'data',
  numel: 'size',
  rank: 'shape.length',
  dim: 'shape.length',
  ndim: 'shape.length',
  zero_grad: 'zeroGrad()',
  requires_grad_: 'param(…)',
  variable: 'param',
  Parameter: 'param',
  as_tensor: 'tensor',
  from_numpy: 'tensor',
  no_grad: 'noGrad',
  cpu: t('the tensor itself: there is one device'),
  cuda: t('the tensor itself: there is one device'),
  to: t('the tensor itself: there is one device'),
  dispose: t('nothing: memory is garbage-collected'),
  tidy: t('nothing: memory is garbage-collected'),
  clone: t('the tensor itself: tensors do not change'),
  contiguous: t('the tensor itself: contents are always row-major'),
  reduceSum: 'sum',
  reduceMean: 'mean',
  layers: 'nn',
  train: 'optim',
  concatenate: 'cat',
  swapaxes: 'transpose',
  cross_entropy_loss: 'crossEntropy',
  softmaxCrossEntropy: 'crossEntropy',
  sigmoidCrossEntropy: 'bceWithLogits',
  binary_cross_entropy_with_logits: 'bceWithLogits',
  binary_cross_entropy: 'bce',
  binaryCrossEntropy: 'bce',
  meanSquaredError: 'mseLoss',
  absoluteDifference: 'l1Loss',
  huber: 'huberLoss',
});

const camel = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** ` Did you mean …?` with the spelling of this library, or nothing. */
export function suggestionFor(name: string, known: ReadonlySet<string>): string {
  const others = elsewhere();
  if (Object.hasOwn(others, name)) return ` ${t('Here it is {0}.', others[name]!)}`;
  const inPlace = name.length > 1 && name.endsWith('_');
  const spelt = camel(name.replace(/_+$/, ''));
  const found = known.has(spelt) ? spelt : nearest(spelt, known);
  if (found === null) return '';
  const meant = ` ${t("Did you mean '{0}'?", found)}`;
  return inPlace ? `${meant} ${t('Tensors do not change: it returns a new one.')}` : meant;
}

/** Members of arrays, texts and numbers, which model code calls as well. */
const ordinary: ReadonlySet<string> = new Set(
  [
    Array.prototype,
    String.prototype,
    Number.prototype,
    Map.prototype,
    Set.prototype,
    Function.prototype,
    Object.prototype,
  ]
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
    .concat(Object.getOwnPropertyNames(Math), Object.getOwnPropertyNames(Object), Object.getOwnPropertyNames(Array)),
);

/**
 * Which call of a text failed because there is no such method, as well as can be said from its spelling: engines say only that
 * something is not a function.
 */
export function unknownMethodIn(text: string): string | null {
  const called = Array.from(text.matchAll(/\.\s*([A-Za-z_$][\w$]*)\s*(?:<[^()]*>)?\(/g), ([, name]) => name!);
  const unknown = called.filter((name) => !members.has(name) && !ordinary.has(name));
  const last = unknown.at(-1);
  return last === undefined ? null : t("There is no '{0}'.", last) + suggestionFor(last, members);
}
