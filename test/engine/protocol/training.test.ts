import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isToPanel, parsePanelView, parseToHost } from '../../../engine/protocol/parse-panel.ts';
import type { TrainingMove } from '../../../engine/protocol/training.ts';

const parse = (move: unknown): unknown => {
  const message = parseToHost({ type: 'training', move });
  return message?.type === 'training' ? message.move : null;
};

describe('moves of a training, as they come from a page', () => {
  const good: readonly TrainingMove[] = [
    { kind: 'start', model: null },
    { kind: 'start', model: 'xor' },
    { kind: 'run' },
    { kind: 'pause' },
    { kind: 'step' },
    { kind: 'reset' },
    { kind: 'stop' },
    { kind: 'speed', stepsPerSecond: null },
    { kind: 'speed', stepsPerSecond: 0.5 },
    { kind: 'show', step: null },
    { kind: 'show', step: 120 },
    { kind: 'keepWeights', on: false },
  ];
  for (const move of good) it(`are taken: ${JSON.stringify(move)}`, () => assert.deepEqual(parse(move), move));

  const bad: readonly unknown[] = [
    null,
    'run',
    [],
    {},
    { kind: 'constructor' },
    { kind: '__proto__' },
    { kind: 'start' },
    { kind: 'start', model: 7 },
    { kind: 'start', model: 'm'.repeat(1001) },
    { kind: 'speed' },
    { kind: 'speed', stepsPerSecond: 0 },
    { kind: 'speed', stepsPerSecond: -1 },
    { kind: 'speed', stepsPerSecond: Infinity },
    { kind: 'speed', stepsPerSecond: NaN },
    { kind: 'speed', stepsPerSecond: '10' },
    { kind: 'show' },
    { kind: 'show', step: 0 },
    { kind: 'show', step: 1.5 },
    { kind: 'show', step: -3 },
    { kind: 'show', step: 2 ** 53 },
    { kind: 'keepWeights' },
    { kind: 'keepWeights', on: 'yes' },
  ];
  for (const move of bad)
    it(`are refused: ${JSON.stringify(move)?.slice(0, 60)}`, () => assert.equal(parse(move), null));

  it('carry nothing along that is none of theirs', () => {
    assert.deepEqual(parse({ kind: 'run', root: '/etc', model: 'x' }), { kind: 'run' });
  });

  it('are never thrown over', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        parse(anything);
        parseToHost(anything);
      }),
    );
  });
});

describe('the state of a training', () => {
  it('is for the panel', () => {
    assert.equal(isToPanel({ type: 'training', state: null }), true);
    assert.equal(isToPanel({ type: 'train', state: null }), false);
  });

  it('leaves charts unfolded in a page that was remembered before there were any', () => {
    const view = {
      model: 'm',
      granularity: 'named',
      opened: [],
      chosen: null,
      element: null,
      camera: null,
      sides: 'both',
    };
    assert.equal(parsePanelView(view)?.foldedCharts, false);
    assert.equal(parsePanelView({ ...view, foldedCharts: true })?.foldedCharts, true);
    assert.equal(parsePanelView({ ...view, foldedCharts: 'no' }), null);
  });
});
