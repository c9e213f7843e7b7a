import type { TextEdit } from '../../base/source-fix.ts';
import type { RunRequest, RunResult } from '../../protocol/worker.ts';
import { applyEdits, fixEdits } from '../../source/fixes/index.ts';
import type { ModuleFiles } from '../files/module-files.ts';

/** A program with a fix applied to one of its files, to be run in its place. */
export interface FixedProgram {
  readonly files: ModuleFiles;
  readonly edits: readonly TextEdit[];
}

/** Null where the form of what is to be fixed is not understood. */
export function fixedProgram(
  { overlays }: RunRequest,
  fix: NonNullable<RunRequest['fix']>,
  files: ModuleFiles,
): FixedProgram | null {
  const text = files.read(fix.file);
  const edits = typeof text === 'string' ? fixEdits(fix.file, text, fix.requests) : null;
  if (typeof text !== 'string' || !edits) return null;
  return { files: files.with(new Map([...overlays, [fix.file, applyEdits(text, edits)]])), edits };
}

/** What comes of asking for a fix whose form is not understood. */
export const notFixed = { trace: null, problems: [], files: [], timings: [], edits: null } satisfies RunResult;
