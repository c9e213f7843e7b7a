import type { Attributes } from '../../tensor/runtime.ts';
import type { Pullback } from '../algebra.ts';

const window = ({ kernel, stride, padding, dilation, ceilMode }: Attributes): Attributes => ({
  kernel: kernel!,
  stride: stride!,
  padding: padding!,
  ...(dilation === undefined ? {} : { dilation }),
  ...(ceilMode === undefined ? {} : { ceilMode }),
});

/** In a rule, the ops themselves, with the attributes of the op that the rule is for. */
const maxPool2dBack: Pullback = ([g, x], { algebra, attributes }) =>
  algebra.apply('maxPool2dBack', [g!, x!], window(attributes));

const maxPool2dPick: Pullback = ([t, x], { algebra, attributes }) =>
  algebra.apply('maxPool2dPick', [t!, x!], window(attributes));

const averaging = (attributes: Attributes): Attributes => ({
  ...window(attributes),
  countIncludePad: attributes.countIncludePad!,
});

const avgPool2d: Pullback = ([x], { algebra, attributes }) => algebra.apply('avgPool2d', [x!], averaging(attributes));

const avgPool2dBack: Pullback = ([g], { algebra, attributes, inputs }) =>
  algebra.apply('avgPool2dBack', [g!], { ...averaging(attributes), shape: inputs[0]!.shape });

export const poolingPullbacks = { maxPool2dBack, maxPool2dPick, avgPool2d, avgPool2dBack };
