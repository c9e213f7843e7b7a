import { t } from '../../base/l10n.ts';
import { formatShort } from '../numbers.ts';
import type { Sparkline } from './view.ts';

const levels = '▁▂▃▄▅▆▇█';

/** More blocks than these do not fit a line of a hover. */
const widest = 60;

/** Two norms that differ by less are alike: a line of rounding errors would look like a mountain range. */
const flat = 0.05;

/** Euclidean norms in the order in which they are to be read, as a line of blocks on a scale of decades. */
export function sparklineOf(norms: readonly number[]): Sparkline {
  const decades = norms.map((norm) => (norm > 0 && Number.isFinite(norm) ? Math.log10(norm) : null));
  return { decades, blocks: blocksOf(norms, decades), text: textOf(norms) };
}

function blocksOf(norms: readonly number[], decades: readonly (number | null)[]): string {
  const finite = decades.filter((one) => one !== null);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const block = (i: number): string => {
    const height = decades[i]!;
    if (height === null) return norms[i] === 0 ? '·' : '!';
    const level = high - low < flat ? 3 : Math.round(((height - low) / (high - low)) * (levels.length - 1));
    return levels[level]!;
  };
  return picked(norms.length)
    .map((i) => block(i))
    .join('');
}

/** Of very many, some that lie evenly, the ends among them. */
function picked(count: number): number[] {
  if (count <= widest) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: widest }, (_, i) => Math.round((i * (count - 1)) / (widest - 1)));
}

function textOf(norms: readonly number[]): string {
  const [first, last] = [norms[0]!, norms.at(-1)!];
  const finite = norms.filter((norm) => Number.isFinite(norm));
  const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
  const parts = [`${formatShort(first)} → ${formatShort(last)}`];
  if (least < Math.min(first, last)) parts.push(t('least {0}', formatShort(least)));
  if (greatest > Math.max(first, last)) parts.push(t('greatest {0}', formatShort(greatest)));
  const zeros = norms.filter((norm) => norm === 0).length;
  if (zeros > 0) parts.push(t('{0} of {1} are 0', zeros, norms.length));
  return parts.join(', ');
}
