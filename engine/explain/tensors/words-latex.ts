import { latexText } from '../../expression/latex-names.ts';
import type { AppliedOp } from '../../replay/applied.ts';
import { type Level, overWhat, worded } from './words.ts';

/** A formula in LaTeX that stands in a longer one. */
export interface SetPart {
  readonly latex: string;
  readonly level: Level;
}

/** Letters of nobody's alphabet, which stand for the inputs while a sentence is taken apart. */
const firstMark = 0xe000;
const marks = /([\uE000-\uE0FF])/;
/** What is no word between the inputs. */
const signs: Readonly<Record<string, string>> = { '⋆': '\\star', '∗': '\\ast', '|': '\\mid', '⁻¹': '^{-1}', '−': '-' };
const onlySigns = /^(?:[\s()[\],|⋆∗:\d−]|⁻¹)*$/;

/** The words of `worded` with formulas in LaTeX between them: the same sentence, upright. A sum has its sign instead. */
export function wordedLatex(x: AppliedOp, inputs: readonly SetPart[], batch: number | null): string {
  const set = inputs.map(({ latex }) => latex);
  if (x.op === 'sum') {
    const over = overWhat(x, batch);
    const summand = inputs[0]!.level === 'sum' ? `\\left(${set[0]!}\\right)` : set[0]!;
    return `\\sum${over === null ? '' : `_{${latexText(over)}}`} ${summand}`;
  }
  const marked = inputs.map(({ level }, i) => ({ text: String.fromCharCode(firstMark + i), level }));
  return worded(x, marked, batch)
    .text.split(marks)
    .map((piece) => (marks.test(piece) ? set[piece.charCodeAt(0) - firstMark]! : words(piece)))
    .join('');
}

const words = (piece: string): string =>
  onlySigns.test(piece) ? piece.replace(/⁻¹|[⋆∗|−]/g, (sign) => ` ${signs[sign]!} `) : latexText(piece);
