import { countText } from '../base/count-text.ts';
import { t } from '../base/l10n.ts';
import type { Card } from './view.ts';

/** `Path 1 of 2: 33.0000 (84.6 %)` */
export function pathHeading({ paths, pathCount }: Card, i: number): string {
  const { product, share } = paths[i]!;
  const heading = t('Path {0} of {1}: {2}', i + 1, countText(pathCount), product.text);
  return share ? `${heading} (${share.text})` : heading;
}
