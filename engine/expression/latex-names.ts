/** Letters that LaTeX has commands for. The small omicron and most capitals look like Latin letters, and have none. */
const greek: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'varepsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'varphi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Υ: 'Upsilon',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
};
const [lowered, loweredAs] = ['₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₘₙₚₜₓ', '0123456789ijkmnptx'];
const [raised, raisedAs] = ['⁰¹²³⁴⁵⁶⁷⁸⁹', '0123456789'];
const special: Readonly<Record<string, string>> = {
  '\\': '{\\backslash}',
  '~': '{\\sim}',
  '^': '{\\wedge}',
  '`': "'",
  '−': '-',
};

/** What a text can hold without being read as a command, a group or the end of the formula. */
const escaped = (text: string): string =>
  Array.from(text.replace(/\p{Cc}/gu, ' '), (sign) => {
    if (Object.hasOwn(special, sign)) return special[sign]!;
    if (Object.hasOwn(greek, sign)) return `{\\${greek[sign]!}}`;
    return /[{}$&#%_]/.test(sign) ? `\\${sign}` : sign === ' ' ? '\\ ' : sign;
  }).join('');

const read = (text: string, signs: string, as: string): string =>
  Array.from(text, (sign) => as[signs.indexOf(sign)]!).join('');

/** A typeset name as LaTeX: `u₁` → `u_{1}`, `λ` → `\lambda`, `h[2]` → `h_{[2]}`, `logits` → `\mathrm{logits}`. */
export function latexName(name: string): string {
  const list = /^\[[\d\s.,e−[\]]*\]$/.test(name) && name.length <= 80;
  if (list) return name.replaceAll('−', '-').replaceAll(', ', ',\\, ');
  const match = new RegExp(`^(.*?)([${raised}]*)([${lowered}]*)((?:\\[\\d+\\])*)$`, 'su').exec(name.slice(0, 80))!;
  const [, base, above, below, places] = match;
  const index = read(below!, lowered, loweredAs) + places!;
  const letter = Object.hasOwn(greek, base!) ? `\\${greek[base!]!}` : base!;
  const set = Array.from(base!).length === 1 && letter !== base ? letter : /^\p{L}$/u.test(base!) ? base! : word(base!);
  return `${set}${above === '' ? '' : `^{${read(above!, raised, raisedAs)}}`}${index === '' ? '' : `_{${index}}`}`;
}

const word = (text: string): string => (text === '' ? '{}' : `\\mathrm{${escaped(text)}}`);

/** `\frac{\partial L}{\partial w}`. */
export const latexPartial = (of: string, by: string): string =>
  `\\frac{\\partial ${latexName(of)}}{\\partial ${latexName(by)}}`;

/** Any text as upright words in a formula. */
export const latexText = (text: string): string => `\\mathrm{${escaped(text)}}`;
