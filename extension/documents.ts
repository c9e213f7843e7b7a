import * as vscode from 'vscode';
import type { ModulePath } from '../engine/base/brand.ts';
import type { Span } from '../engine/base/span.ts';
import { isElsewhere } from '../engine/workers/files/folder-reader.ts';
import { canBelongToProgram, fileOf, locationOf, placeOf, type Place } from './place.ts';
import type { Candidate } from './live/choice.ts';

/** The only place where the editor's documents and positions meet the engine's places and offsets. */

const folders = (): string[] => (vscode.workspace.workspaceFolders ?? []).map((folder) => locationOf(folder.uri));

export const placeOfUri = (uri: vscode.Uri): Place | null => placeOf(uri, folders());

/** Of a location: the path of a file, or the URI of one that is on no disk. */
export const uriAt = (location: string): vscode.Uri =>
  isElsewhere(location) ? vscode.Uri.parse(location) : vscode.Uri.file(location);

/** Of the file that a launch names: its location, or its path alone, which is all that `${file}` says of one that is on no disk. */
export function uriNamed(program: string): vscode.Uri {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const elsewhere = folders.find(({ uri }) => uri.scheme !== 'file' && program.startsWith(`${uri.path}/`));
  return elsewhere ? elsewhere.uri.with({ path: program }) : uriAt(program);
}

export const uriOf = (place: Place): vscode.Uri => uriAt(fileOf(place));

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
    if (place === null || !canBelongToProgram(document.uri.path)) continue;
    // A loose file's root can lie inside a workspace folder's or round it: its path is then another one.
    const seen = place.root === root ? place : placeOf(document.uri, [root]);
    if (seen?.root === root && !seen.path.startsWith('..'))
      texts.set(seen.path, { text: document.getText(), dirty: document.isDirty });
  }
  return texts;
}

export function openDocument(place: Place): vscode.TextDocument | undefined {
  const file = uriOf(place).toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === file);
}
