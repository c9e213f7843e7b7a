import * as vscode from 'vscode';
import type { NodeId } from '../../engine/base/brand.ts';
import { t } from '../../engine/base/l10n.ts';
import type { Offset } from '../../engine/base/span.ts';
import { commands } from '../contributions.ts';
import { placeOfUri } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { Services } from '../services.ts';

/** Checks the gradient of the expression under the cursor, or under the hover whose link was followed, in the panel. */
export const checkGradient: Feature = {
  name: 'check-gradient',
  start: (services) =>
    vscode.commands.registerCommand(commands.checkGradient, async (uri: unknown, offset: unknown) => {
      const node = nodeMeant(services, uri, offset);
      if (node === null) {
        void vscode.window.showInformationMessage(t('Put the cursor on an expression of a model that has run first.'));
        return;
      }
      await vscode.commands.executeCommand(commands.showGraph);
      services.checkRequests.ask(node);
    }),
};

/** A link says where it stood: the pointer can be over an editor that is not the active one. */
function nodeMeant({ traced }: Services, uri: unknown, offset: unknown): NodeId | null {
  const editor = vscode.window.activeTextEditor;
  const isLink = typeof uri === 'string' && typeof offset === 'number';
  // The editor unescapes what a link carries once more than it was escaped; parsing puts that right again.
  const linked = isLink ? vscode.Uri.parse(uri).toString() : null;
  const document = isLink
    ? vscode.workspace.textDocuments.find((one) => one.uri.toString() === linked)
    : editor?.document;
  const place = document ? placeOfUri(document.uri) : null;
  if (!document || place === null) return null;
  const at = isLink ? offset : document.offsetAt(editor!.selection.active);
  return traced.nodeAt(place, document.getText(), at as Offset);
}
