import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Problem, ProblemCode } from '../../base/problem.ts';
import { type Span, span } from '../../base/span.ts';
import { GuestError } from './guest-error.ts';
import type { Site } from '../../trace/format.ts';
import { RunStopped } from './limits.ts';
import { missingOwnerIn, unknownMethodIn } from './spelling.ts';
import type { Program } from './program.ts';

export interface Place {
  readonly file: ModulePath;
  readonly span: Span;
}

/** A stack may be any text that a program thought of: of a longer line, to look for a place takes as long as it is, squared. */
const longestLine = 1000;

/** The innermost place of the user's own in a stack of the guest. */
export function placeInStack(stack: string, program: Program, done: Site | null = null): Place | null {
  for (const line of stack.split('\n')) {
    if (line.length > longestLine) continue;
    const match = /\(?([^()\s][^()]*):(\d+):(\d+)\)?\s*$/.exec(line.replace(/^\s*at\s+/, ''));
    if (!match) continue;
    const name = match[1]!.slice(match[1]!.lastIndexOf('(') + 1).replace(/^async /, '') as ModulePath;
    const source = program.modules.get(name)?.source;
    if (source)
      return {
        file: name,
        span: source.enclosingAt(
          { line: Number(match[2]), column: Number(match[3]) },
          done?.file === name ? done.span : null,
        ),
      };
  }
  return null;
}

const codes: Readonly<Record<string, ProblemCode>> = {
  ShapeError: 'shape',
  ArgumentError: 'argument',
  NotALoss: 'not-a-loss',
};

/** What stopped a run, in the user's words and at the user's place. */
export function problemOf(
  error: unknown,
  at: Place,
  fallback: Place,
  softDeadline: number,
  textAt: (place: Place) => string,
): Problem {
  const problem = (code: ProblemCode, message: string): Problem => ({ code, severity: 'error', message, ...at });
  const tooLong = t(
    'The model ran for more than {0} ms and was stopped here. Is there a loop without an end?',
    softDeadline,
  );
  if (error instanceof RunStopped) return problem(error.code, error.code === 'timeout' ? tooLong : error.message);
  if (!(error instanceof GuestError))
    return problem('internal', t('Retrograd failed: {0}', error instanceof Error ? error.message : String(error)));
  const { kind, message } = error;
  const unknownMethod = unknownMethodIn(textAt(at));
  if (kind === 'InternalError' && message === 'interrupted') return problem('timeout', tooLong);
  if (message === 'out of memory')
    return problem('out-of-memory', t("The model's own arrays and objects are over the limit of memory."));
  if (error.compiling) return problem('syntax', message);
  const code = codes[kind];
  if (kind === 'TypeError' && message === 'not a function' && unknownMethod)
    return problem('thrown', `${kind}: ${message}. ${unknownMethod}`);
  const [, property] = /^cannot read property '([^']*)' of (?:undefined|null)$/.exec(message) ?? [];
  const missingOwner = property === undefined ? null : missingOwnerIn(textAt(at), property);
  if (missingOwner !== null) return problem('thrown', `${kind}: ${message}. ${missingOwner}`);
  if (code === 'not-a-loss') return { ...problem(code, message), ...fallback };
  return problem(code ?? 'thrown', code || kind === 'GradientError' ? message : `${kind}: ${message}`);
}

export const startOf = (file: ModulePath): Place => ({ file, span: span(0, 0) });
