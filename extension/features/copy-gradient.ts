import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { t } from '../../engine/base/l10n.ts';
import type { Offset } from '../../engine/base/span.ts';
import type { FormulaFormat } from '../../engine/explain/gradient-function/view.ts';
import { commands } from '../contributions.ts';
import { placeOfUri } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { Services } from '../services.ts';

const formats: readonly (readonly [command: string, format: FormulaFormat, name: string])[] = [
  [commands.copyLatex, 'latex', 'LaTeX'],
  [commands.copyMarkdown, 'markdown', 'Markdown'],
  [commands.copyTypeScript, 'typescript', 'TypeScript'],
];

/** Copies the gradient of the expression under the cursor, as one function of the leaves. */
export const copyGradient: Feature = {
  name: 'copy-gradient',
  start: (services) => {
    const store = new DisposableStore();
    for (const [command, format, name] of formats)
      store.add(vscode.commands.registerCommand(command, () => copy(services, format, name)));
    return store;
  },
};

async function copy({ live, traced }: Services, format: FormulaFormat, name: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const place = editor ? placeOfUri(editor.document.uri) : null;
  const node =
    editor && place
      ? traced.nodeAt(place, editor.document.getText(), editor.document.offsetAt(editor.selection.active) as Offset)
      : null;
  const answer = node === null ? null : live.presenter.answer({ kind: 'formula', node });
  const told = answer?.kind === 'formula' ? answer.told : null;
  if (told === null) {
    void vscode.window.showInformationMessage(t('Put the cursor on an expression of a model that has run first.'));
    return;
  }
  if (told.texts === null) {
    void vscode.window.showWarningMessage(told.refusal!);
    return;
  }
  await vscode.env.clipboard.writeText(told.texts[format]);
  vscode.window.setStatusBarMessage(t('{0} copied as {1}.', told.title, name), 4000);
}
