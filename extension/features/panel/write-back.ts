import * as vscode from 'vscode';
import { t } from '../../../engine/base/l10n.ts';
import type { WriteBack } from '../../../engine/workers/tasks/panel-tasks.ts';
import { rangeOf, uriOf } from '../../documents.ts';
import { Drift } from '../../live/drift.ts';

/** Puts numbers into the text as one edit, which one undo takes back. Returns why it could not; null when it did. */
export async function writeBack(changes: readonly WriteBack[]): Promise<string | null> {
  if (changes.length === 0) return t('There is no number in the text to write to.');
  const edit = new vscode.WorkspaceEdit();
  for (const { root, text, place, to } of changes) {
    const document = await vscode.workspace.openTextDocument(uriOf({ root, path: place.file }));
    const now = document.getText();
    const span = new Drift(text, now).spanAfter(place.span);
    if (span === null || now.slice(span.start, span.end) !== place.text)
      return t('The text has changed there since: nothing was written.');
    edit.replace(document.uri, rangeOf(document, span), numberText(to));
  }
  return (await vscode.workspace.applyEdit(edit)) ? null : t('The editor did not take the edit.');
}

/** As JavaScript reads it back to the last bit. */
const numberText = (x: number): string => String(x);
