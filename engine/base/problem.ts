import type { ModulePath } from './brand.ts';
import type { Span } from './span.ts';

/** What went wrong, by the stage that saw it. Stable: shown to users, used in `--json` and in the Problems view. */
export type ProblemCode =
  | 'syntax' // the text is not TypeScript
  | 'unsupported-syntax' // TypeScript that cannot be stripped: enum, namespace, parameter property, decorator
  | 'async-model'
  | 'unknown-import'
  | 'refused-import' // outside the workspace folder, through a symbolic link, or a bare module
  | 'bad-json'
  | 'shape' // thrown by an op of the library
  | 'argument' // an op was given what it cannot use
  | 'thrown' // thrown by the model's own code
  | 'not-finite' // NaN or ±∞, under detectAnomaly
  | 'no-model'
  | 'not-a-loss' // the model returned something that is no scalar tensor
  | 'timeout'
  | 'out-of-memory'
  | 'too-large' // tensors, nodes or log over their cap
  | 'internal';

/** Exit code 3 of the command line: a limit was hit rather than a mistake made. */
export const limitCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['timeout', 'out-of-memory', 'too-large']);

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: ModulePath;
  readonly span: Span;
}

/** What could be understood, and what could not. Functions over user text return this and never throw. */
export interface WithProblems<Value> {
  readonly value: Value;
  readonly problems: readonly Problem[];
}
