/** Which scheme a picture is drawn in; `auto`: what its reader prefers. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** VS Code's own default colours, as on the local page. */
const colours = {
  light: {
    ground: '#ffffff',
    card: '#f8f8f8',
    border: '#c8c8c8',
    strong: '#616161',
    text: '#3b3b3b',
    dim: '#616161',
    edge: '#a9a9a9',
    warm: '#8a5a00',
    loss: '#dcebdd',
  },
  dark: {
    ground: '#1f1f1f',
    card: '#252526',
    border: '#454545',
    strong: '#9d9d9d',
    text: '#cccccc',
    dim: '#9d9d9d',
    edge: '#585858',
    warm: '#e5b567',
    loss: '#293629',
  },
} as const;

export const monospaced = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";

const rulesFor = (scheme: 'light' | 'dark'): string => {
  const { ground, card, border, strong, text, dim, edge, warm, loss } = colours[scheme];
  // Colours are written out: editors of pictures do not know custom properties.
  return [
    `.rg-ground{fill:${ground}}`,
    `.rg-card{fill:${card};stroke:${border}}`,
    `.rg-parameter{stroke:${strong}}`,
    `.rg-loss{fill:${loss}}`,
    `.rg-edge{stroke:${edge}}`,
    `.rg-arrow{fill:${edge}}`,
    `.rg-text{fill:${text}}`,
    `.rg-dim{fill:${dim}}`,
    `.rg-warm{fill:${warm}}`,
  ].join('');
};

const shapes = [
  `.rg-graph{font-family:${monospaced};font-size:12px}`,
  '.rg-name{font-size:12.5px}',
  '.rg-small{font-size:11px}',
  '.rg-end{text-anchor:end}',
  '.rg-card{stroke-width:1.2}',
  '.rg-input{stroke-dasharray:4 3}',
  '.rg-constant{stroke-dasharray:1 3}',
  '.rg-edge{fill:none;stroke-width:1.3}',
].join('');

export const styleFor = (theme: Theme): string =>
  theme === 'auto'
    ? `${shapes}${rulesFor('light')}@media (prefers-color-scheme:dark){${rulesFor('dark')}}`
    : shapes + rulesFor(theme);
