import { t } from '../../base/l10n.ts';
import type { PassView } from '../pass-view.ts';
import { readingOf } from '../reading.ts';
import { aligned } from './lines.ts';
import type { FormulaLine } from './view.ts';
import type { GradientFunction } from '../../replay/gradient-function.ts';

/** Every character that Markdown reads as markup in the middle of a line. */
const escape = (text: string): string =>
  text.replace(/[\\`*_[\]<>|&~!#$]/g, (character) => `&#${character.codePointAt(0)};`).replace(/\p{Cc}/gu, ' ');

/** The formula as GitHub sets it, with this run's numbers below where they are numbers. */
export function markdownOf(
  view: PassView,
  { of, by, leaves }: GradientFunction,
  lines: readonly FormulaLine[],
): string {
  const { graph, names, pass } = view;
  const title = `∂${names.shown(of)}/∂${names.shown(by)}`;
  // A sign of relation would be read as the beginning of a tag.
  const formula = aligned(lines).replaceAll('<', '\\lt ').replaceAll('>', '\\gt ');
  const values = leaves.map(
    (leaf) => `${names.shown(leaf)} = ${readingOf(graph.node(leaf).value, graph.node(leaf).shape).text}`,
  );
  const gradient = pass.gradients.get(by);
  const scalars = [by, ...leaves].every((id) => graph.node(id).shape.length === 0);
  const parts = [`**${escape(t('{0} of {1}', title, pass.name))}**`, `$$\n${formula}\n$$`];
  if (scalars && gradient) {
    const is = `${title} = ${readingOf(gradient, []).text}`;
    parts.push(escape(values.length === 0 ? is : t('With {0}: {1}.', values.join(', '), is)));
  }
  return `${parts.join('\n\n')}\n`;
}
