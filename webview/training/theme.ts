import { type Theme, readTheme } from '../graph/theme.ts';

/** So many lines have a colour of their own; those after them have it again, dashed. */
export const colourCount = 6;

export interface ChartTheme extends Theme {
  readonly font: string;
  readonly lines: readonly string[];
}

function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const lines = Array.from({ length: colourCount }, (_, i) => style.getPropertyValue(`--rg-line-${i}`).trim());
  return { ...readTheme(element), font: `10px ${style.fontFamily}`, lines };
}

/** Tells of the editor's colours now and whenever they change. @returns what ends it. */
export function whileThemed(element: Element, take: (theme: ChartTheme) => void): () => void {
  const read = (): void => take(readChartTheme(element));
  const watcher = new MutationObserver(read);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  watcher.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', read);
  read();
  return () => {
    watcher.disconnect();
    dark.removeEventListener('change', read);
  };
}
