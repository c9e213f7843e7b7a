import { type Samples, elementwise, of, whole } from './sample.ts';

const index = whole('[1, 0, 1, 1]');
const places = whole('[[1, 0, 1], [0, 0, 1]]');

export const shapes: Samples = {
  reshape: of('2x3', ['x.reshape([3, 2])', 'x.reshape([-1])', 'x.reshape([1, 3, -1])']),
  flatten: [...of('2x3x2', ['x.flatten()', 'x.flatten(1)', 'x.flatten(0, 1)']), ...of('.', 'x.flatten()')],
  transpose: of('2x3x2', ['x.transpose()', 'x.transpose(0, 1)', 'x.transpose(-1, 0)']),
  permute: of('2x3x2', ['x.permute([2, 0, 1])', 'x.permute([-1, 1, 0])']),
  expand: of('2x1', ['x.expand([4, 2, 3])', 'x.expand([-1, 3])']),
  squeeze: of('1x2x1', ['x.squeeze()', 'x.squeeze(0)', 'x.squeeze(1)', 'x.squeeze([0, -1])']),
  unsqueeze: [...of('2x3', ['x.unsqueeze(1)', 'x.unsqueeze(-1)']), ...of('.', 'x.unsqueeze(0)')],
  cat: [...of('2x3 1x3', 'cat([x, y, x], 0)'), ...of('2x3 2x1', 'cat([x, y], -1)')],
  stack: [...of('2x3 2x3', ['stack([x, y], 1)', 'stack([x, y], -1)']), ...of('. .', 'stack([x, y])')],
  split: of('5x2', ['x.split(2)[1]', 'x.split(2)[2]', 'x.split([1, 4], 0)[1]', 'x.split(1, -1)[0]']),
  chunk: of('5x2', ['x.chunk(2)[1]', 'x.chunk(2, 1)[1]']),
  unbind: of('3x2', ['x.unbind(0)[1]', 'x.unbind(-1)[0]']),
  slice: of('5x2', ['x.slice(0, 1, 4)', 'x.slice(0, -4, null, 2)', 'x.slice(-1, 1, 100)', 'x.slice(0, 0, -1, 3)']),
  select: of('3x2', ['x.select(0, 1)', 'x.select(1, -1)']),
  index: of('3x4', [`x.index([${index}])`, `x.index([null, ${index}])`, `x.index([${index}, ${index}])`]),
  indexSelect: of('3x2', [`x.indexSelect(0, ${index})`, `x.indexSelect(-1, ${index})`]),
  gather: of('2x3', [`x.gather(0, ${places})`, `x.gather(-1, ${places})`, `x.gather(1, ${whole('[[2], [0]]')})`]),
  scatterAdd: of('2x3 2x3', [`x.scatterAdd(0, ${places}, y)`, `x.scatterAdd(-1, ${places}, y)`]),
  embedding: of('3x2', [`embedding(x, ${index})`, `embedding(x, ${places})`]),
  take: of('2x3', [`x.take(${index})`, `x.take(${places})`]),
  flip: of('2x3', ['x.flip([0, 1])', 'x.flip([-1])']),
  roll: of('2x3', ['x.roll(1, 1)', 'x.roll(-2, -1)', 'x.roll(7, 0)', 'x.roll([1, 2], [0, 1])']),
  repeat: [...of('2x3', ['x.repeat([2, 1, 2])', 'x.repeat([1, 2])']), ...of('.', 'x.repeat([2])')],
  repeatInterleave: of('2x3', ['x.repeatInterleave(2, 1)', 'x.repeatInterleave(3, -2)']),
  detach: elementwise('detach()'),
};
