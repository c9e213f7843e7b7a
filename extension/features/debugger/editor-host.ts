import { readFileSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import * as vscode from 'vscode';
import { defaultThresholds } from '../../../engine/analysis/thresholds.ts';
import { t } from '../../../engine/base/l10n.ts';
import type { DebugHost } from '../../../engine/debug/host.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import { openDocument, openTexts, placeOfUri } from '../../documents.ts';
import { canBelongToProgram, fileOf, placeOf } from '../../place.ts';
import type { Services } from '../../services.ts';

/** The adapter's surroundings in an editor: its unsaved texts, its permissions, and a sandbox for this session alone. */
export function editorHost({
  context,
  health,
  permission,
  settings,
  training: trained,
}: Services): DebugHost & { dispose(): void } {
  const runner = startRunner({ workerFile: context.asAbsolutePath('dist/worker.js'), spare: false });
  return {
    locate: (program) => {
      const uri = uriOf(program);
      const place = placeOfUri(uri);
      if (place === null) return t("{0} is not on this machine's disk.", program);
      if (!canBelongToProgram(uri.fsPath)) return t('{0} is no TypeScript or JavaScript file.', place.path);
      return { root: place.root, entry: place.path };
    },
    run: async ({ root, entry, training }) => {
      if (!vscode.workspace.isTrusted) return t('This workspace is not trusted, so no model of it is run.');
      // Asking to step through a model is asking to run it.
      await permission.grant(root);
      // The numbers of the panel: of the step that it shows, or of the weights that the live run goes on from.
      const state = trained.state?.file === entry ? trained.state : null;
      const ofStep = state?.shown === (training?.step ?? 1) ? trained.shownProgram?.weights : undefined;
      const weights = ofStep ?? (training || state?.shown ? null : trained.weightsFor({ root, path: entry }));
      const overlays = [...openTexts(root)].filter(([, { dirty }]) => dirty);
      return runner.run({
        root,
        entry,
        overlays: new Map(overlays.map(([path, { text }]) => [path, text])),
        budget: settings.budget,
        unfinished: true,
        ...(training && { training }),
        ...(weights && { weights }),
      });
    },
    thresholdsOf: ({ root, entry }) => health.examinationOf({ root, path: entry }).thresholds ?? defaultThresholds,
    stop: () => runner.stop(),
    pathOf: (root, path) => fileOf({ root, path }),
    moduleOf: (root, path) => {
      const place = placeOf(uriOf(path), [root]);
      return place !== null && place.root === root && !place.path.startsWith('..') ? place.path : null;
    },
    textOf: (root, path) => openDocument({ root, path })?.getText() ?? onDisk(fileOf({ root, path })),
    breathe: () => breathe(),
    dispose: () => runner.dispose(),
  };
}

/** Clients may name files by URI; VS Code names them by path. */
const uriOf = (path: string): vscode.Uri =>
  /^[a-z][a-z\d+.-]+:\/\//i.test(path) ? vscode.Uri.parse(path) : vscode.Uri.file(path);

function onDisk(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
