import type { TextEdit } from '../base/source-fix.ts';
import type { RunRequest, RunResult } from '../protocol/worker.ts';
import { applyEdits, fixEdits } from '../source/fixes/index.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** A program with a fix applied to one of its files, to be run in its place. */
export interface FixedProgram {
  readonly request: RunRequest;
  readonly edits: readonly TextEdit[];
}

/** Null where there is no fix, or its form is not understood. */
export function fixedProgram(request: RunRequest): FixedProgram | null {
  const { root, overlays, fix, ...rest } = request;
  if (!fix) return null;
  const text = new WorkspaceFiles(root, overlays).read(fix.file);
  const edits = typeof text === 'string' ? fixEdits(fix.file, text, fix.requests) : null;
  if (typeof text !== 'string' || !edits) return null;
  return { request: { ...rest, root, overlays: new Map([...overlays, [fix.file, applyEdits(text, edits)]]) }, edits };
}

/** What comes of asking for a fix whose form is not understood. */
export const notFixed = { trace: null, problems: [], files: [], timings: [], edits: null } satisfies RunResult;
