import * as vscode from 'vscode';
import { WebThreads } from '../../engine/web/threads.ts';
import { Checker } from '../../engine/workers/checks/checker.ts';
import { WorkerRunner } from '../../engine/workers/runs/runner.ts';
import { WorkerTrainer } from '../../engine/workers/training/trainer.ts';
import type { Platform } from '../platform/platform.ts';
import { throughEditor as reader } from '../platform/through-editor.ts';

/** Workers, and no disk: every file comes through the editor. */
export function webPlatform({ extensionUri }: vscode.ExtensionContext): Platform {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const threads = new WebThreads(async (name) =>
    Uint8Array.from(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, name))),
  );
  return {
    startRunner: ({ spare }) => new WorkerRunner({ start: threads.run, reader }, spare),
    startTrainer: (request, changed) => new WorkerTrainer(request, changed, { start: threads.train, reader }),
    startChecker: () => new Checker(threads.check),
    layOut: threads.layOut,
    readNow: () => undefined,
  };
}
