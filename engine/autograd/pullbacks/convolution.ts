import type { Attributes } from '../../tensor/runtime.ts';
import type { Pullback } from '../algebra.ts';

/** What the three convolutions have in common; each has a shape to reach besides. */
const placing = ({ stride, padding, dilation, groups }: Attributes): Attributes => ({
  stride: stride!,
  padding: padding!,
  dilation: dilation!,
  groups: groups!,
});

/** In a rule, the ops themselves, with the attributes of the op that the rule is for. */
const conv2d: Pullback = ([x, w], { algebra, attributes }) => algebra.apply('conv2d', [x!, w!], placing(attributes));

const conv2dInput: Pullback = ([g, w], { algebra, attributes, inputs, inputIndex }) =>
  algebra.apply('conv2dInput', [g!, w!], { ...placing(attributes), shape: inputs[inputIndex]!.shape });

const conv2dWeight: Pullback = ([x, g], { algebra, attributes, inputs, inputIndex }) =>
  algebra.apply('conv2dWeight', [x!, g!], { ...placing(attributes), shape: inputs[inputIndex]!.shape });

export const convolutionPullbacks = { conv2d, conv2dInput, conv2dWeight };
