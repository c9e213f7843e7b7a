/** Colours are chosen on a log₁₀ scale from vanishing to exploding. */
export const scale = { from: -8, to: 2 } as const;

export type Extreme = 'vanishing' | 'exploding' | 'non-finite' | null;

/** 0 for vanishing, 1 for exploding, linear in decades between; null where there is no size. */
export function placeOnScale(magnitude: number | null): number | null {
  if (magnitude === null) return null;
  if (magnitude === 0) return 0;
  return Math.min(1, Math.max(0, (Math.log10(magnitude) - scale.from) / (scale.to - scale.from)));
}

/** What a sign beside the bar says, so that colour is never alone. */
export function extremeOf(magnitude: number | null, exists: boolean): Extreme {
  if (!exists) return null;
  if (magnitude === null) return 'non-finite';
  const place = placeOnScale(magnitude)!;
  return place === 0 ? 'vanishing' : place === 1 ? 'exploding' : null;
}

type Colour = readonly [number, number, number];
/** Each is told from a white ground and from VS Code's dark ones: 3 and more, as WCAG 2.2 asks of marks. */
const stops: readonly Colour[] = [
  [59, 111, 190],
  [91, 139, 208],
  [138, 138, 138],
  [192, 125, 60],
  [210, 81, 60],
];

/** All of the scale, as a background of CSS. */
export const scaleInCss = (): string =>
  `linear-gradient(90deg, ${stops.map((one) => `rgb(${one.join(', ')})`).join(', ')})`;

/** From blue over grey to red. */
export function colourAt(place: number): string {
  const at = place * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const mixed = stops[low]!.map((channel, i) => Math.round(channel + (stops[low + 1]![i]! - channel) * (at - low)));
  return `rgb(${mixed.join(', ')})`;
}
