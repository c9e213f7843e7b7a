import { type Command, InvalidArgumentError, Option } from 'commander';
import { t } from '../../base/l10n.ts';
import { themes } from '../../export/svg-style.ts';
import { graphFormats, levels } from '../../workers/tasks/export-graph.ts';
import type { Output } from './commands.ts';
import { type CompareOptions, compare } from './compare.ts';
import { type ExportOptions, exportFile } from './export.ts';
import { type ReportFileOptions, report } from './report.ts';

const scaleOf = (text: string): number => {
  const scale = Number(text);
  if (text.trim() === '' || !(scale >= 0.1 && scale <= 16))
    throw new InvalidArgumentError(t('A number from 0.1 to 16.'));
  return scale;
};

/** The commands that make files of a graph. */
export function addGraphCommands(program: Command, finish: (output: Output) => void): void {
  program
    .command('export')
    .description(t('write the graph of a model for other programs'))
    .argument('<file>', t('a TypeScript file that declares a model, or a saved trace'))
    .option('--model <name>', t('this model; the first without it'))
    .addOption(
      new Option('--format <format>', t('what it is written as'))
        .choices([...Object.keys(graphFormats), 'png', 'html'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--level <level>', t('what is a node: a module, what has a name, an op'))
        .choices(levels)
        .default('named'),
    )
    .addOption(
      new Option('--theme <theme>', t('colours of an SVG or a PNG; auto is light in a PNG'))
        .choices(themes)
        .default('auto'),
    )
    .option('--scale <factor>', t('dots of a PNG for each pixel; 2 without it'), scaleOf)
    .option('--font <path...>', t('fonts for what DejaVu Sans Mono lacks, in a PNG'))
    .option('--out <path>', t('to this file; to the terminal without it'))
    .action(async (file: string, options: ExportOptions) => finish(await exportFile(file, options)));

  program
    .command('report')
    .description(t('write graph, findings and chain rule of models as one page that needs nothing else'))
    .argument('<file>', t('a TypeScript file that declares a model, or a saved trace'))
    .option('--model <name>', t('only this model'))
    .option('--gradients', t('compare gradients with central differences too'), false)
    .option('--out <path>', t('to this file; to the terminal without it'))
    .action(async (file: string, options: ReportFileOptions) => finish(await report(file, options)));

  program
    .command('compare')
    .description(t('put two runs side by side: what was added, what is gone, what is another'))
    .argument('<before>', t('a TypeScript file that declares a model, or a saved trace'))
    .argument('[after]', t('what it is compared with; left out with --with'))
    .option('--with <trace>', t('a saved trace of before'))
    .option('--model <name>', t('only this model'))
    .addOption(new Option('--format <format>', t('how it is written')).choices(['text', 'json']).default('text'))
    .action(async (before: string, after: string | undefined, options: CompareOptions) =>
      finish(await compare(before, after, options)),
    );
}
