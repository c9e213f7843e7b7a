import type { Sparkline as SparklineView } from '../../engine/explain/flow/view.ts';

const height = 18;
const margin = 2;

/** Norms over repetitions as a line on a scale of decades. What it says in numbers is its title, and is read in its place. */
export function Sparkline({ of, width = 84 }: { readonly of: SparklineView; readonly width?: number }) {
  const { decades, text } = of;
  const finite = decades.filter((one) => one !== null);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const x = (i: number): number => margin + (i / Math.max(1, decades.length - 1)) * (width - 2 * margin);
  const y = (value: number): number =>
    high - low < 0.05 ? height / 2 : margin + ((high - value) / (high - low)) * (height - 2 * margin);
  const points = decades.flatMap((value, i) => (value === null ? [] : [`${x(i).toFixed(1)},${y(value).toFixed(1)}`]));
  return (
    <svg
      class="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text}
    >
      <title>{text}</title>
      <polyline points={points.join(' ')} />
      {decades.map((value, i) =>
        value === null ? <path key={i} class="missing" d={`M${x(i)},${height - 5}v4`} /> : null,
      )}
    </svg>
  );
}
