import * as vscode from 'vscode';

/** Which model a command is about. */
export interface ModelAsked {
  readonly uri: string | null;
  readonly model: string | null;
}

/** What a CodeLens passes along; the command palette passes nothing, and the editor's button its document. */
export function modelAsked(given: unknown): ModelAsked {
  if (given instanceof vscode.Uri) return { uri: given.toString(), model: null };
  if (typeof given !== 'object' || given === null) return { uri: null, model: null };
  const text = (key: string): string | null => {
    const value: unknown = Reflect.get(given, key);
    return typeof value === 'string' ? value : null;
  };
  return { uri: text('uri'), model: text('model') };
}
