import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ModulePath } from '../engine/base/brand.ts';
import type { Span } from '../engine/base/span.ts';
import { canBelongToProgram, fileOf, placeOf, type Place } from './place.ts';
import type { Candidate } from './live/choice.ts';

/** The only place where the editor's documents and positions meet the engine's places and offsets. */

const folders = (): string[] =>
  (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === 'file')
    .map((folder) => folder.uri.fsPath);

export const placeOfUri = (uri: vscode.Uri): Place | null => placeOf(uri, folders());

export const uriOf = (place: Place): vscode.Uri => vscode.Uri.file(fileOf(place));

export const candidateOf = (document: vscode.TextDocument): Candidate => ({
  place: placeOfUri(document.uri),
  language: document.languageId,
  text: document.getText(),
});

export const rangeOf = (document: vscode.TextDocument, span: Span): vscode.Range =>
  new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));

export function openTexts(root: string): Map<ModulePath, { text: string; dirty: boolean }> {
  const texts = new Map<ModulePath, { text: string; dirty: boolean }>();
  for (const document of vscode.workspace.textDocuments) {
    const place = placeOfUri(document.uri);
    if (place === null || !canBelongToProgram(document.uri.fsPath)) continue;
    // A loose file's root can lie inside a workspace folder's or round it: its path is then another one.
    const seen = place.root === root ? place : placeOf(document.uri, [root]);
    if (seen?.root === root && !seen.path.startsWith('..'))
      texts.set(seen.path, { text: document.getText(), dirty: document.isDirty });
  }
  return texts;
}

/** As it is in an editor, else on disk; null where there is no such file. */
export function textOf(place: Place): string | null {
  const document = openDocument(place);
  if (document) return document.getText();
  try {
    return readFileSync(fileOf(place), 'utf8');
  } catch {
    return null;
  }
}

export function openDocument(place: Place): vscode.TextDocument | undefined {
  const file = uriOf(place).toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === file);
}
