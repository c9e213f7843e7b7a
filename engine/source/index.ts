import { blankSourceFile } from 'ts-blank-space';
import ts from 'typescript';
import type { ModulePath } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { Problem, WithProblems } from '../base/problem.ts';
import { LineTable, span, type Offset, type Position, type Span } from '../base/span.ts';
import { Context } from './context.ts';
import type { EditedText } from './edits.ts';
import { innermost } from './enclosing.ts';
import { namesHidden } from './hidden.ts';
import { imports } from './imports.ts';
import { checkModelFunctions, modelNames } from './models.ts';
import type { InstrumentedModule } from './module.ts';
import { parse, syntaxErrors } from './parse.ts';
import { refuse } from './unsupported.ts';
import { visit } from './walk.ts';

export type { ImportedModule, InstrumentedModule, ModelCall, StaticScope } from './module.ts';

/**
 * Turns a file of the user's into JavaScript that tells `__rg` what it computes, and where. Lines never move. Never throws:
 * what is wrong with the text is among the problems, and the value is what could be understood all the same.
 * Keeps the tree of each path, so that the next text of the same file is parsed where it differs.
 */
export function instrument(path: ModulePath, text: string, fileIndex: number): WithProblems<InstrumentedModule> {
  try {
    const tree = parse(path, text);
    const context = new Context(tree, path, fileIndex, modelNames(tree), visit);
    for (const { start, length, messageText } of syntaxErrors(tree))
      context.problem('syntax', ts.flattenDiagnosticMessageText(messageText, ' '), span(start, start + length));
    const isBroken = context.problems.length > 0;
    context.children(tree);
    checkModelFunctions(context);
    const found: Found = {
      sites: context.sites,
      scopes: context.scopes,
      models: context.models,
      imports: imports(context),
      isOpen: !context.hasQuietEffects && !namesHidden(tree),
      expressions: context.expressions,
    };
    const stripped = isBroken ? '' : blankSourceFile(tree, (node) => refuse(context, node));
    const runnable = context.problems.every(({ code }) => code === 'async-model'); // which can run, and be told that it has no loss
    return {
      value: assemble(path, text, found, runnable ? context.edits.apply(stripped) : null),
      problems: context.problems.sort((a, b) => a.span.start - b.span.start),
    };
  } catch (error) {
    const problem: Problem = { ...reason(error), severity: 'error', file: path, span: span(0, text.length) };
    return { value: assemble(path, text, nothing, null), problems: [problem] };
  }
}

type Found = Pick<InstrumentedModule, 'sites' | 'scopes' | 'models' | 'imports' | 'isOpen'> & {
  readonly expressions: readonly Span[];
};

const nothing: Found = { sites: [], scopes: [], models: [], imports: [], isOpen: false, expressions: [] };

function assemble(
  path: ModulePath,
  text: string,
  { expressions, ...found }: Found,
  edited: EditedText | null,
): InstrumentedModule {
  const lines = new LineTable(text);
  const code = edited?.text ?? '';
  const toOriginal = (offset: number): Offset =>
    edited?.toOriginal(offset) ?? (Math.min(offset, text.length) as Offset);
  const enclosing = (offset: Offset, done: Span | null = null): Span =>
    innermost(expressions, offset, text, lines, done);
  let codeLines: LineTable | undefined;
  const enclosingAt = (position: Position, done: Span | null = null): Span =>
    enclosing(toOriginal((codeLines ??= new LineTable(code || text)).offsetAt(position)), done);
  return { path, code, runnable: edited !== null, ...found, lines, toOriginal, enclosing, enclosingAt };
}

function reason(error: unknown): Pick<Problem, 'code' | 'message'> {
  // An expression nested thousands deep overflows the parser's stack, or ours.
  if (error instanceof RangeError)
    return { code: 'too-large', message: t('This file is nested too deeply to be read.') };
  return { code: 'internal', message: t('Retrograd could not read this file: {0}', String(error)) };
}
