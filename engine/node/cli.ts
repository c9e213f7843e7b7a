import { writeSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { setTranslations, t } from '../base/l10n.ts';
import { type ExplainOptions, type Output, type TraceOptions, explain, trace } from './cli/commands.ts';
import { formulaFormats } from '../explain/gradient-function/view.ts';
import { languageOf, languages } from './cli/language.ts';
import { type RuleId, ruleIds } from '../analysis/health/finding.ts';
import { boundNames, defaultThresholds, thresholdNames } from '../analysis/thresholds.ts';
import { severities } from '../explain/health/config.ts';
import { type HealthOptions, check, reportFormats } from './cli/check.ts';
import { WrongUse, exit } from './cli/outcome.ts';
import { type GradcheckOptions, gradcheck } from './cli/gradcheck.ts';
import { start } from './cli/start.ts';
import { dap } from './cli/dap.ts';
import { addGraphCommands } from './cli/graph-commands.ts';

/** Written before anything ends the process: a pipe that is read slowly still gets everything. */
function write(stream: 1 | 2, text: string | Uint8Array): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(stream, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Nobody reads any more: that is how `retrograd … | head` ends, and no mistake.
      if (code === 'EPIPE') process.exit(exit.done);
      if (code !== 'EAGAIN') throw error;
    }
  }
}

function finish({ out, err, code }: Output): void {
  write(1, out);
  write(2, err);
  process.exitCode = code;
}

/** Commander's own headings, and the only texts of it that can be translated: what it says of wrong options stays English. */
function helpTitle(title: string): string {
  const known: Readonly<Record<string, string>> = {
    'Usage:': t('Usage:'),
    'Options:': t('Options:'),
    'Arguments:': t('Arguments:'),
    'Commands:': t('Commands:'),
  };
  return known[title] ?? title;
}

const portOf = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) throw new InvalidArgumentError(t('A number from 0 to 65535.'));
  return Number(text);
};

const nodeName = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError(t('A name or line:column.'));
  return text;
};

const boundOf = (text: string): number => {
  const bound = Number(text);
  if (text.trim() === '' || !(bound >= 0)) throw new InvalidArgumentError(t('A number from 0.'));
  return bound;
};

const countOf = (text: string): number => {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError(t('A whole number from 1.'));
  return count;
};

const rulesOf = (text: string, before: readonly RuleId[] = []): readonly RuleId[] => {
  const rule = ruleIds.find((id) => id === text);
  if (rule !== undefined) return [...before, rule];
  // All that follows the option is taken for a rule.
  const isFile = /[./\\]/.test(text);
  throw new InvalidArgumentError(
    isFile ? t('Files come before --rule, or after --.') : t('There are {0}.', ruleIds.join(', ')),
  );
};

/** An option that is given twice would mean the last of them, and nobody would be told. */
function refuseTwice(command: Command): void {
  for (const option of command.options.filter(({ variadic, required }) => required && !variadic)) {
    let given = false;
    command.on(`option:${option.name()}`, () => {
      if (given) throw new WrongUse(t('--{0} is given twice.', option.name()));
      given = true;
    });
  }
  for (const one of command.commands) refuseTwice(one);
}

/** The commands, described in the display language: it has to be known before. */
function commandLine(): Command {
  const help = { flags: '-h, --help', description: t('display help for command') };
  const program = new Command('retrograd')
    .description(t('Values, gradients and the chain rule of TypeScript models.'))
    .version(packageJson.version, '-V, --version', t('output the version number'))
    .helpOption(help.flags, help.description)
    .helpCommand('help [command]', help.description)
    .addOption(
      new Option('--language <language>', t('what to speak; without it, what LC_ALL, LC_MESSAGES or LANG say')).choices(
        languages,
      ),
    )
    .configureHelp({ styleTitle: helpTitle })
    .exitOverride()
    .configureOutput({ writeOut: (text) => write(1, text), writeErr: (text) => write(2, text) })
    .addHelpText(
      'after',
      [
        '',
        t('Examples:'),
        '  retrograd trace model.ts',
        '  retrograd explain model.ts w1',
        '  retrograd explain model.ts 12:7 --json',
        '  retrograd explain model.ts w1 --format latex',
        '  retrograd gradcheck model.ts',
        '  retrograd check model.ts --format sarif',
        '  retrograd export model.ts --format svg --out model.svg',
        '',
        t('Exit codes: 0 done, 1 the model has problems, 2 wrong use, 3 a limit was hit.'),
      ].join('\n'),
    );

  program
    .command('trace')
    .description(t('print every value and gradient of the models of a file'))
    .argument('<file>', t('a TypeScript file that declares a model'))
    .option('--model <name>', t('only this model'))
    .option('--json', t('as JSON, op by op'))
    .action(async (file: string, options: TraceOptions) => finish(await trace(file, options)));

  program
    .command('explain')
    .description(t('print the chain rule of one node'))
    .argument('<file>', t('a TypeScript file that declares a model'))
    .argument('<node>', t('a name, or line:column'), nodeName)
    .option('--model <name>', t('in this model; the first without it'))
    .addOption(
      new Option('--granularity <granularity>', t('chains of names or of ops'))
        .choices(['named', 'op'])
        .default('named'),
    )
    .addOption(
      new Option('--format <format>', t('the gradient as one function of the leaves, in this language'))
        .choices(formulaFormats)
        .conflicts('json'),
    )
    .option('--json', t('as JSON'))
    .action(async (file: string, node: string, options: ExplainOptions) => finish(await explain(file, node, options)));

  program
    .command('gradcheck')
    .description(t('compare gradients with central differences; ends with 1 when one differs'))
    .argument('<file>', t('a TypeScript file that declares a model'))
    .argument('[node]', t('a name, or line:column; all without it'), nodeName)
    .option('--model <name>', t('only this model'))
    .option('--elements <count>', t('how many elements of a large tensor are tried one by one'), countOf)
    .option('--json', t('as JSON'))
    .action(async (file: string, node: string | undefined, options: GradcheckOptions) =>
      finish(await gradcheck(file, node ?? null, options)),
    );

  const checking = program
    .command('check')
    .description(t('find what is sick in the gradients of models; ends with 1 when something is'))
    .argument('<files...>', t('TypeScript files that declare models'))
    .option('--model <name>', t('only this model'))
    .addOption(new Option('--rule <rule...>', t('only these rules')).choices(ruleIds).argParser(rulesOf))
    .addOption(new Option('--format <format>', t('how the report is written')).choices(reportFormats).default('text'))
    .addOption(
      new Option('--fail-on <severity>', t('from which severity on it fails; warning without it')).choices(severities),
    )
    .option('--out <path>', t('to this file; to the terminal without it'))
    .option('--no-gradients', t('do not compare gradients with central differences'));
  for (const name of thresholdNames) {
    const bound = new Option(`--${boundNames[name]} <number>`, t('instead of {0}', defaultThresholds[name]));
    checking.addOption(bound.argParser(boundOf));
  }
  checking.action(async (files: string[], options: HealthOptions) => finish(await check(files, options)));

  addGraphCommands(program, finish);

  program
    .command('dap')
    .description(t('speak the debug protocol on standard input and output, so that an editor can step through models'))
    .option('--port <port>', t('for clients that connect to a port of this machine instead'), portOf)
    .action(async ({ port }: { port?: number }) => dap(port ?? null));

  program
    .command('start')
    .alias('serve')
    .description(t('trace a file and show it live in a browser, following every save'))
    .argument('[file]', t('a TypeScript file that declares a model'), 'examples/two-layer-chain.ts')
    .action(async (file: string) => {
      process.exitCode = await start(file, (text) => write(1, text));
    });
  refuseTwice(program);
  return program;
}

const { tag, translations } = languageOf(process.argv, process.env);
setTranslations(translations, tag);

try {
  await commandLine().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exit.done : exit.wrongUse;
  else if (error instanceof WrongUse) {
    write(2, `${error.message}\n`);
    process.exitCode = exit.wrongUse;
  } else throw error;
}
