import type { ChainEdge } from '../../analysis/chain-edge.ts';
import type { Expression } from '../../expression/expression.ts';
import { latex } from '../../expression/latex.ts';
import type { PassView } from '../pass-view.ts';
import { latexNotation } from './notation.ts';

/** What one line of text cannot show as it is written on paper: fractions, roots, exponents, cases. */
const upright: ReadonlySet<string> = new Set([
  'div',
  'reciprocal',
  'rsqrt',
  'sqrt',
  'pow',
  'exp',
  'exp2',
  'hypot',
  'where',
  'norm',
]);

/** A local derivative in LaTeX, where that is easier to read than its text; null elsewhere. */
export function edgeLatex({ local }: ChainEdge, view: PassView): string | null {
  const { formula, named } = local;
  return formula && named.length === 0 && gains(formula) ? latex(formula, latexNotation(view)) : null;
}

const gains = (x: Expression): boolean => x.kind === 'call' && (upright.has(x.fn) || x.args.some(gains));
