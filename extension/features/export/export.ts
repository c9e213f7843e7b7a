import * as vscode from 'vscode';
import { extensionOf, nameOf } from '../../../engine/base/paths.ts';
import { t } from '../../../engine/base/l10n.ts';
import { commands } from '../../contributions.ts';
import type { Feature } from '../../feature.ts';
import { uriOf } from '../../documents.ts';
import type { Services } from '../../services.ts';
import { type FileKind, contentOf, endings } from './content.ts';

/** Writes the shown graph into a file that the user names. */
export const exportGraph: Feature = {
  name: 'export',
  start: (services) => vscode.commands.registerCommand(commands.exportGraph, () => run(services)),
};

const kinds = (): (vscode.QuickPickItem & { readonly as: FileKind })[] => [
  { as: 'svg', label: 'SVG', description: t('a picture of any size, light and dark') },
  { as: 'png', label: 'PNG', description: t('a picture of dots, as light or dark as the editor') },
  { as: 'html', label: t('Report'), description: t('one page with graph, findings and chain rule, without scripts') },
  { as: 'dot', label: 'Graphviz', description: t('for Graphviz and what reads its files') },
  { as: 'mermaid', label: 'Mermaid', description: t('for Markdown pages') },
  { as: 'json', label: t('Trace (JSON)'), description: t('the whole run, to be compared or exported later') },
];

async function run(services: Services): Promise<void> {
  const { live } = services;
  const { view } = live.presenter;
  if (view === null || live.place === null || !live.showsTrace) {
    void vscode.window.showInformationMessage(t('There is no graph to export: run a model first.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(kinds(), { title: t('Export the graph of {0}', view.pass.name) });
  if (!chosen) return;
  const { path } = live.place;
  const name = `${nameOf(path).slice(0, -extensionOf(path).length)}${endings[chosen.as]}`;
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(uriOf(live.place), '..', name),
    filters: { [chosen.label]: [endings[chosen.as].split('.').at(-1)!] },
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, await contentOf(chosen.as, view, services));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(t('The graph could not be exported: {0}', message));
    return;
  }
  const open = t('Open');
  const answer = await vscode.window.showInformationMessage(t('{0} written.', nameOf(target.path)), open);
  if (answer === open) await vscode.commands.executeCommand('vscode.open', target);
}
