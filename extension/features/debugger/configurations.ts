import * as vscode from 'vscode';
import { t } from '../../../engine/base/l10n.ts';
import { debugType } from '../../contributions.ts';
import { candidateOf } from '../../documents.ts';
import { isModelFile } from '../../live/choice.ts';
import { locationOf } from '../../place.ts';

/** Fills in what a launch configuration leaves out: F5 on a model needs no launch.json. */
export const configurations: vscode.DebugConfigurationProvider = {
  provideDebugConfigurations: () => {
    const document = activeModel();
    return document === null ? [] : [configurationFor(locationOf(document.uri), null)];
  },

  resolveDebugConfiguration: (_folder, given) => {
    const isEmpty = Object.keys(given).length === 0 || given.type === '';
    const configuration = isEmpty ? configurationFor('', null) : given;
    if (typeof configuration['program'] === 'string' && configuration['program'] !== '') return configuration;
    const document = activeModel();
    if (document === null) {
      void vscode.window.showInformationMessage(t("Open a TypeScript file that imports 'retrograd' first."));
      return undefined;
    }
    return { ...configuration, program: locationOf(document.uri) };
  },
};

/** To step through the backward pass of a model; the first one where no name is given. */
export const configurationFor = (program: string, model: string | null): vscode.DebugConfiguration => ({
  type: debugType,
  request: 'launch',
  name: model === null ? t('Step backward') : t('Step backward: {0}', model),
  program,
  ...(model !== null && { model }),
  pass: 'backward',
  stopOnEntry: true,
});

function activeModel(): vscode.TextDocument | null {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isModelFile(candidateOf(document)) ? document : null;
}
