import { avgPool2d } from './avg-pool2d.ts';
import { avgPool2dBack } from './avg-pool2d-back.ts';
import { conv2d } from './conv2d.ts';
import { conv2dInput } from './conv2d-input.ts';
import { conv2dWeight } from './conv2d-weight.ts';
import { maxPool2d } from './max-pool2d.ts';
import { maxPool2dBack } from './max-pool2d-back.ts';
import { maxPool2dPick } from './max-pool2d-pick.ts';

export const convolution = {
  avgPool2d,
  avgPool2dBack,
  conv2d,
  conv2dInput,
  conv2dWeight,
  maxPool2d,
  maxPool2dBack,
  maxPool2dPick,
};
