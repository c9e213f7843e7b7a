import type { NodeId } from '../../base/brand.ts';
import type { LatexNotation } from '../../expression/latex.ts';
import { latexName, latexPartial, latexText } from '../../expression/latex-names.ts';
import { typeset } from '../names.ts';
import { formatExact } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';

/** Formulas of a run in LaTeX: nodes under the names that they are shown with. */
export const latexNotation = ({ names, graph }: PassView, own: (name: string) => string = typeset): LatexNotation => ({
  leaf: (leaf) => {
    if (leaf.kind === 'node') return nodeLatex(shortName(names, leaf.node));
    if (leaf.kind === 'gradient') return partialLatex(names.shown(graph.pass.loss), names.shown(leaf.node));
    return leaf.name === 'ȳ' ? '\\bar{y}' : latexName(own(leaf.name));
  },
  number: numberLatex,
  isScalar: (leaf) => leaf.kind !== 'symbol' && graph.node(leaf.node).shape.length === 0,
});

/** A list of numbers that is part of a formula, as long as it does not take its place. */
function shortName(names: PassView['names'], node: NodeId): string {
  const shown = names.shown(node);
  return shown.startsWith('[') && shown.length > 24 ? names.written(node) : shown;
}

/** Nodes without a name are shown as `matmul#6`, which is no letter with a sign. */
export const nodeLatex = (shown: string): string => {
  const unnamed = /^(\w+)#(\d+)$/.exec(shown);
  return unnamed ? `${latexText(unnamed[1]!)}_{${unnamed[2]!}}` : latexName(shown);
};

export const partialLatex = (of: string, by: string): string =>
  /#/.test(of + by) ? `\\frac{\\partial ${nodeLatex(of)}}{\\partial ${nodeLatex(by)}}` : latexPartial(of, by);

/** Numbers as the author wrote them. */
export function numberLatex(x: number): string {
  if (Number.isNaN(x)) return '\\mathrm{NaN}';
  const [digits, exponent] = formatExact(x).replaceAll('−', '-').replace('∞', '\\infty').split('e');
  return exponent === undefined ? digits! : `${digits!} \\times 10^{${Number(exponent)}}`;
}

/** Names for what the author did not name: `t₁`, or with the next letter that no name of the formula begins with. */
export function ownNames({ names }: PassView, used: readonly NodeId[]): (name: string) => string {
  const taken = used.map((id) => names.written(id));
  const letter = ['t', 's', 'r', 'q', 'p', 'tmp'].find((one) => !taken.some((name) => name.startsWith(one))) ?? 'tmp';
  return (name) => typeset(letter + name.slice(1));
}
