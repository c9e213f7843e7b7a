import type { Expression } from '../../expression/expression.ts';
import { type LatexNotation, latex } from '../../expression/latex.ts';
import type { GradientFunction } from '../../replay/gradient-function.ts';
import type { PassView } from '../pass-view.ts';
import { latexNotation, ownNames, partialLatex } from './notation.ts';
import type { FormulaLine } from './view.ts';

/** The result first, as it is read; then what the names in it stand for, in order of execution. */
export function linesOf(view: PassView, { of, by, leaves, definitions, result }: GradientFunction): FormulaLine[] {
  const used = [...leaves, ...definitions.flatMap(({ name }) => (name.kind === 'symbol' ? [] : [name.node]))];
  const notation = latexNotation(view, ownNames(view, used));
  const { names } = view;
  const title = partialLatex(names.shown(of), names.shown(by));
  return [
    { left: title, right: latex(result, notation), node: by },
    ...definitions.map(({ name, value }) => ({
      left: nameLatex(name, notation),
      right: latex(value, notation),
      node: name.kind === 'symbol' ? null : name.node,
    })),
  ];
}

const nameLatex = (name: Expression, notation: LatexNotation): string => latex(name, notation);

/** One environment for all lines, aligned at their equals signs. */
export function aligned(lines: readonly FormulaLine[]): string {
  const rows = lines.map(({ left, right }) => `${left} &= ${right}`);
  return `\\begin{aligned}\n${rows.join(' \\\\\n')}\n\\end{aligned}`;
}
