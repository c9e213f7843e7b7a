import { writeSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { type ExplainOptions, type Output, type TraceOptions, explain, trace } from './cli/commands.ts';
import { WrongUse, exit } from './cli/outcome.ts';
import { start } from './cli/start.ts';

/** Written before anything ends the process: a pipe that is read slowly still gets everything. */
function write(stream: 1 | 2, text: string): void {
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

const nodeName = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('A name or line:column.');
  return text;
};

const program = new Command('retrograd')
  .description('Values, gradients and the chain rule of TypeScript models.')
  .version(packageJson.version)
  .exitOverride()
  .configureOutput({ writeOut: (text) => write(1, text), writeErr: (text) => write(2, text) })
  .addHelpText(
    'after',
    '\nExamples:\n  retrograd trace model.ts\n  retrograd explain model.ts w1\n  retrograd explain model.ts 12:7 --json\n\nExit codes: 0 done, 1 the model has problems, 2 wrong use, 3 a limit was hit.',
  );

program
  .command('trace')
  .description('print every value and gradient of the models of a file')
  .argument('<file>', 'a TypeScript file that declares a model')
  .option('--model <name>', 'only this model')
  .option('--json', 'as JSON, op by op')
  .action(async (file: string, options: TraceOptions) => finish(await trace(file, options)));

program
  .command('explain')
  .description('print the chain rule of one node')
  .argument('<file>', 'a TypeScript file that declares a model')
  .argument('<node>', 'a name, or line:column', nodeName)
  .option('--model <name>', 'in this model; the first without it')
  .addOption(
    new Option('--granularity <granularity>', 'chains of names or of ops').choices(['named', 'op']).default('named'),
  )
  .option('--json', 'as JSON')
  .action(async (file: string, node: string, options: ExplainOptions) => finish(await explain(file, node, options)));

program
  .command('start')
  .alias('serve')
  .description('trace a file and show it live in a browser, following every save')
  .argument('[file]', 'a TypeScript file that declares a model', 'examples/two-layer-chain.ts')
  .action(async (file: string) => {
    process.exitCode = await start(file, (text) => write(1, text));
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exit.done : exit.wrongUse;
  else if (error instanceof WrongUse) {
    write(2, `${error.message}\n`);
    process.exitCode = exit.wrongUse;
  } else throw error;
}
