/** The editor's colours, as the canvas needs them: it cannot see CSS variables. */
export interface Theme {
  readonly background: string;
  readonly card: string;
  readonly border: string;
  readonly strongBorder: string;
  readonly text: string;
  readonly dim: string;
  readonly edge: string;
  readonly warm: string;
  readonly accent: string;
  /** What is lost, and what grows too much. */
  readonly cold: string;
  readonly hot: string;
  readonly loss: string;
  /** What a comparison marks. */
  readonly added: string;
  readonly changed: string;
  readonly mono: string;
}

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: colour('--rg-background'),
    card: colour('--rg-card'),
    border: colour('--rg-border'),
    strongBorder: colour('--rg-strong-border'),
    text: colour('--rg-text'),
    dim: colour('--rg-dim'),
    edge: colour('--rg-edge'),
    warm: colour('--rg-warm'),
    accent: colour('--rg-accent'),
    cold: colour('--rg-cold'),
    hot: colour('--rg-hot'),
    loss: colour('--rg-loss'),
    added: colour('--rg-added'),
    changed: colour('--rg-changed'),
    mono: colour('--rg-mono'),
  };
}
