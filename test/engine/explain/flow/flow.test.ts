import assert from 'node:assert/strict';
import { buildFlow } from '../../../../engine/explain/flow/build.ts';
import { healthLines } from '../../../../engine/explain/flow/health-lines.ts';
import type { FlowView } from '../../../../engine/explain/flow/view.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { TextRunner } from '../run-text.ts';

/** What the tab says, as text: one line a bar. */
function textOf({ title, summary, bars, repetitions }: FlowView): string {
  const rows = bars.map(({ label, place, count, text, norm, share, isCulprit, sparkline }) =>
    [
      `${isCulprit ? '▸' : ' '} ${label}${count > 1 ? ` ×${count}` : ''}`,
      place ?? '–',
      text,
      norm,
      share ?? '',
      sparkline ? `${sparkline.blocks} ${sparkline.text}` : '',
    ]
      .join(' | ')
      .replace(/[ |]+$/, ''),
  );
  const lines = [
    title,
    summary,
    ...rows,
    repetitions && `${repetitions.label} ${repetitions.sparkline.blocks} ${repetitions.sparkline.text}`,
  ];
  return lines.filter((line) => line !== null).join('\n');
}

describe('the gradient on its way from the loss', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  const view = async (text: string, model = 0): Promise<PassView> => {
    const trace = await runner.trace(text);
    return new PassView(trace, trace.passes[model]!, 'named');
  };
  const flow = (of: PassView, name: string): FlowView => buildFlow(of, of.shownFor(of.names.find(name)!)!)!;

  it('loses 0.602 decades in each sigmoid at 0', async () => {
    // σ′(0) = 1/4: log₁₀ of it is −0.60206, thirty times −18.06. Taking 0.5 off changes nothing; ×2 gains 0.30.
    // ‖∂L/∂w‖ = 2 · 4⁻³⁰ = 1.73e−18, 17.8 decades below 1.
    const of = await view(`import { model, param } from 'retrograd';
const w = param(0);
export const deep = model(() => {
  let h = w.mul(1);
  for (let i = 0; i < 30; i++) {
    const z = h.add(0);
    h = z.sigmoid().sub(0.5);
  }
  return h.mul(2);
});
`);
    assert.equal(
      textOf(flow(of, 'w')),
      `‖∂L/∂w‖ = 1.73e−18, 17.8 decades below ∂L/∂L = 1
18.1 of 18.1 decades are lost in σ′(z), line 7, over its 30 repetitions.
  mul | line 9 | +0.30 | 2
  sub ×30 | h, line 7 | 0.00 | 6.94e−18 |  | ███▇▇▇▇▆▆▆▆▅▅▅▅▄▄▄▄▃▃▃▃▂▂▂▂▁▁▁ 2 → 6.94e−18
▸ σ′(z) ×30 | h, line 7 | −18.06 | 1.73e−18 | 100 % | ███▇▇▇▇▆▆▆▆▅▅▅▅▄▄▄▄▃▃▃▃▂▂▂▂▁▁▁ 0.5 → 1.73e−18
  add ×30 | z, line 6 | 0.00 | 1.73e−18 |  | ███▇▇▇▇▆▆▆▆▅▅▅▅▄▄▄▄▃▃▃▃▂▂▂▂▁▁▁ 0.5 → 1.73e−18
  mul | h, line 4 | 0.00 | 1.73e−18`,
    );
  });

  it('names the function that the culprit stands in, and says where nothing passes', async () => {
    // relu′(−1) = 0. Before it σ′(0) = 1/4 takes 0.6 decades, which are no reason for anything.
    const of = await view(`import { model, param, relu } from 'retrograd';
const w = param(-1);
const layer = (x) => {
  const z = x.mul(1);
  return z.relu();
};
export const dead = model(() => layer(w).sigmoid());
`);
    const { summary, bars } = flow(of, 'w');
    assert.equal(summary, 'Nothing passes relu′(z) in layer, line 5.');
    assert.deepEqual(
      bars.map(({ label, text, after }) => [label, text, after === null]),
      [
        ['σ′', '−0.60', false],
        ['relu′(z)', '−∞', true],
      ],
    );
  });

  it('adds up: each bar begins where the one before ended, and the last ends at the whole', async () => {
    const of = await view(`import { model, param } from 'retrograd';
const w = param([0.3, -0.2]);
export const m = model(() => {
  const a = w.mul(100);
  const b = a.tanh();
  return b.square().sum();
});
`);
    const { bars } = flow(of, 'w');
    let at = 0;
    for (const { before, after } of bars) {
      assert.equal(before, at);
      at = after!;
    }
    // By hand: a = [30, −20], tanh is ±1 to the last bit of float32, so that nothing passes; a gradient of exactly 0.
    assert.equal(bars.at(-1)!.after, null);
  });

  it('takes the first of a loop’s uses of a parameter, and shows what each adds', async () => {
    // Each step multiplies by u = 0.1, one decade. h is 1, 1.1, 1.11 …: the last use adds 1.11, the first 1 · 0.1⁹.
    const of = await view(`import { model, param } from 'retrograd';
const u = param(0.1);
export const rnn = model(() => {
  let h = param(1).mul(1);
  for (let t = 0; t < 10; t++) {
    h = h.mul(u).add(1);
  }
  return h;
});
`);
    assert.equal(
      textOf(flow(of, 'u')),
      `First of 10 uses of u, where the least arrives: norm = 1.00e−9, 9.0 decades below ∂h[10]/∂h[10] = 1
9.0 of 9.0 decades are lost in mul, line 6, over its 9 repetitions.
  add ×10 | h, line 6 | 0.00 | 1.00e−9 |  | █▇▆▆▅▄▃▃▂▁ 1 → 1.00e−9
▸ mul ×9 | h, line 6 | −9.00 | 1.00e−9 | 100 % | █▇▆▅▄▄▃▂▁ 0.1 → 1.00e−9
Each of 10 uses adds to the gradient of u; norms, last use first: █▇▆▆▅▄▃▃▂▁ 1.11 → 1.00e−9`,
    );
  });

  it('tells in a line what hover, card and terminal say of it', async () => {
    const of = await view(`import { model, param } from 'retrograd';
const u = param(0.1);
export const rnn = model(() => {
  let h = param(1).mul(1);
  for (let t = 0; t < 10; t++) {
    h = h.mul(u).add(1);
  }
  return h;
});
`);
    const lines = (name: string): string[] =>
      healthLines(of, of.shownFor(of.names.find(name)!)!).map(({ text }) => text);
    assert.deepEqual(lines('h[1]'), [
      'From h[10] to h[1]: 9.0 of 9.0 decades are lost in mul, line 6, over its 9 repetitions.',
      'Gradient norm over 10 repetitions, h[10] to h[1]: █▇▆▆▅▄▃▃▂▁ 1 → 1.00e−9',
    ]);
    assert.deepEqual(lines('u'), [
      'Each of 10 uses adds to the gradient of u; norms, last use first: █▇▆▆▅▄▃▃▂▁ 1.11 → 1.00e−9',
    ]);
  });
});
