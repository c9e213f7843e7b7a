import { notDifferentiable } from '../define.ts';
import { defineReduction } from './define-reduction.ts';

export const all = defineReduction({
  name: 'all',
  doc: '1 where no element is 0, else 0,',
  result: 'bool',
  ofNothing: true,
  kernel: { lane: () => (lane) => Number(lane.every((x) => x !== 0)) },
  pullback: notDifferentiable,
});

export const any = defineReduction({
  name: 'any',
  doc: '1 where an element is not 0, else 0,',
  result: 'bool',
  ofNothing: true,
  kernel: { lane: () => (lane) => Number(lane.some((x) => x !== 0)) },
  pullback: notDifferentiable,
});
