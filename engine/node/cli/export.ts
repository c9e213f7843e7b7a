import { readFileSync } from 'node:fs';
import { t } from '../../base/l10n.ts';
import type { Theme } from '../../export/svg-style.ts';
import { type GraphFormat, type Level, exportGraph, graphOf } from '../../workers/tasks/export-graph.ts';
import { layOutBy } from '../lay-out.ts';
import { TooLarge, drawPng } from '../png/draw.ts';
import { type Font, signsOf } from '../png/font.ts';
import type { Output } from './commands.ts';
import { deliver, load, passesOf } from './load.ts';
import { WrongUse, harmless } from './outcome.ts';
import { report } from './report.ts';

export interface ExportOptions {
  readonly model?: string;
  readonly format: GraphFormat | 'html' | 'png';
  readonly level: Level;
  readonly theme: Theme;
  /** Dots for each pixel of a PNG. */
  readonly scale?: number;
  /** Files of fonts for what DejaVu Sans Mono does not have. */
  readonly font?: readonly string[];
  readonly out?: string;
}

/** Small text stays sharp; the editor draws the same. */
const defaultScale = 2;

/** `retrograd export FILE`: the graph of a model for other programs; of its first model unless one is named. HTML is the report. */
export async function exportFile(file: string, options: ExportOptions): Promise<Output> {
  const { model, format, level, theme, out, scale, font } = options;
  if (format !== 'png' && (scale !== undefined || font !== undefined))
    throw new WrongUse(t('--scale and --font are for PNG alone.'));
  if (format === 'png' && out === undefined && process.stdout.isTTY)
    throw new WrongUse(t('A PNG is no text: name a file with --out, or send it on to another program.'));
  if (format === 'html') return report(file, { ...options, gradients: false });
  const fonts = (font ?? []).map(readFont);
  const { trace, told } = await load(file);
  if (!trace) return told('');
  const [pass] = passesOf(trace, model);
  const graph = graphOf(trace, pass!, level);
  const picture = { theme, layOut: layOutBy() };
  if (format !== 'png') return deliver(await exportGraph(trace, graph, format, picture), out, told);
  // A preference of the reader is for what is drawn before their eyes.
  const svg = await exportGraph(trace, graph, 'svg', { ...picture, theme: theme === 'auto' ? 'light' : theme });
  const { bytes, missing } = await pngOf(svg, scale ?? defaultScale, fonts);
  const delivered = deliver(bytes, out, told);
  if (missing.length === 0) return delivered;
  const note = t('No font has {0}: boxes stand for it. --font names a font file that has it.', list(missing));
  return { ...delivered, err: `${delivered.err}${note}\n` };
}

async function pngOf(...[svg, scale, fonts]: Parameters<typeof drawPng>): ReturnType<typeof drawPng> {
  try {
    return await drawPng(svg, scale, fonts);
  } catch (error) {
    if (error instanceof TooLarge) throw new WrongUse(error.message);
    throw error;
  }
}

function readFont(file: string): Font {
  try {
    const bytes = readFileSync(file);
    return { bytes, signs: signsOf(bytes) };
  } catch (error) {
    if (error instanceof RangeError) throw new WrongUse(t('{0} is no TrueType or OpenType font.', file));
    throw new WrongUse(t('{0} could not be read: {1}', file, error instanceof Error ? error.message : String(error)));
  }
}

/** Enough to know which script it is. */
const list = (signs: readonly string[]): string =>
  harmless(signs.slice(0, 8).join(' ')) + (signs.length > 8 ? ' …' : '');
