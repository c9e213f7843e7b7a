import type { FlowBar } from '../../engine/explain/flow/view.ts';

/** Decades from the loss, whole ones, that all bars lie between. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export function rangeOf(bars: readonly FlowBar[]): Range {
  const ends = bars.flatMap(({ before, after }) => [before, after ?? before]);
  const [low, high] = [Math.floor(Math.min(0, ...ends) + 1e-9), Math.ceil(Math.max(0, ...ends) - 1e-9)];
  return { low: low === high ? low - 1 : low, high };
}

/** Shown as 0.00. */
const same = 0.005;

/** From what arrived to what is passed on: small to the left, as in the legend. Where nothing is passed on it runs to the end. */
export function Bar({
  bar,
  next,
  range,
}: {
  readonly bar: FlowBar;
  readonly next: FlowBar | null;
  readonly range: Range;
}) {
  const { before, after } = bar;
  const at = (decades: number): number => ((decades - range.low) / (range.high - range.low)) * 100;
  const [from, to] = [at(before), after === null ? 0 : at(after)];
  const isSame = after !== null && Math.abs(after - before) < same;
  const change = isSame ? 'same' : to < from ? 'loses' : 'gains';
  return (
    <div class="waterfall" aria-hidden="true">
      <span class="level" style={{ left: `${at(0)}%` }} />
      <span
        class={`step ${change} ${after === null ? 'endless' : ''}`}
        style={{ left: `${Math.min(from, to)}%`, width: `${Math.abs(to - from)}%` }}
      />
      {next && <span class="on" style={{ left: `${to}%` }} />}
    </div>
  );
}
