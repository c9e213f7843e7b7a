import * as vscode from 'vscode';
import { defaultThresholds } from '../../../engine/analysis/thresholds.ts';
import { t } from '../../../engine/base/l10n.ts';
import type { DebugHost } from '../../../engine/debug/host.ts';
import type { RunRequest } from '../../../engine/protocol/worker.ts';
import { nextTurn } from '../../../engine/workers/threads/turns.ts';
import { openTexts, placeOfUri, uriAt, uriNamed } from '../../documents.ts';
import { canBelongToProgram, fileOf, placeOf } from '../../place.ts';
import type { Services } from '../../services.ts';

interface EditorHost extends DebugHost {
  /** What was run at the last launch, its numbers untouched. */
  readonly launched: RunRequest | null;
  dispose(): void;
}

/** The adapter's surroundings in an editor: its unsaved texts, its permissions, and a sandbox for this session alone. */
export function editorHost({ health, permission, platform, settings, texts, training: trained }: Services): EditorHost {
  const runner = platform.startRunner({ spare: false });
  let launched: RunRequest | null = null;
  return {
    get launched() {
      return launched;
    },
    locate: (program) => {
      const uri = uriNamed(program);
      const place = placeOfUri(uri);
      if (place === null) return t('{0} is in no folder that is open.', program);
      if (!canBelongToProgram(uri.path)) return t('{0} is no TypeScript or JavaScript file.', place.path);
      return { root: place.root, entry: place.path };
    },
    run: async ({ root, entry, training, whatIf }) => {
      if (!vscode.workspace.isTrusted) return t('This workspace is not trusted, so no model of it is run.');
      // Asking to step through a model is asking to run it.
      await permission.grant(root);
      // Once more, as it was.
      if (whatIf && launched) return runner.run({ ...launched, overlays: whatIf.texts, overrides: whatIf.overrides });
      // The numbers of the panel: of the step that it shows, or of the weights that the live run goes on from.
      const state = trained.state?.file === entry ? trained.state : null;
      const ofStep = state?.shown === (training?.step ?? 1) ? trained.shownProgram?.weights : undefined;
      const weights = ofStep ?? (training || state?.shown ? null : trained.weightsFor({ root, path: entry }));
      const overlays = [...openTexts(root)].filter(([, { dirty }]) => dirty);
      launched = {
        root,
        entry,
        overlays: new Map(overlays.map(([path, { text }]) => [path, text])),
        budget: settings.budget,
        unfinished: true,
        ...(training && { training }),
        ...(weights && { weights }),
      };
      return runner.run(launched);
    },
    thresholdsOf: ({ root, entry }) => health.examinationOf({ root, path: entry }).thresholds ?? defaultThresholds,
    stop: () => runner.stop(),
    pathOf: (root, path) => fileOf({ root, path }),
    moduleOf: (root, path) => {
      const place = placeOf(uriAt(path), [root]);
      return place !== null && place.root === root && !place.path.startsWith('..') ? place.path : null;
    },
    textOf: (root, path) => texts.of({ root, path }),
    breathe: nextTurn,
    dispose: () => runner.dispose(),
  };
}
