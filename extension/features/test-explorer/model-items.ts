import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../engine/base/disposable.ts';
import { t } from '../../../engine/base/l10n.ts';
import type { CheckRow } from '../../../engine/explain/check/view.ts';
import { candidateOf } from '../../documents.ts';
import { isModelFile } from '../../live/choice.ts';
import { nameModels } from '../../source/model-names.ts';

/** What a test is about: a model, or one of its parameters. */
export interface Meaning {
  readonly uri: vscode.Uri;
  /** Which of the file's models, in the order of the text. */
  readonly index: number;
  /** As in the source; null for the model itself. */
  readonly parameter: string | null;
}

/** Milliseconds after the last of several edits: nobody reads a list of tests while typing. */
const settle = 300;

/** Files, their models, and once a model ran its parameters. Models are found without running anything. */
export class ModelItems implements Disposable {
  readonly #store = new DisposableStore();
  readonly #controller: vscode.TestController;
  readonly #meanings = new WeakMap<vscode.TestItem, Meaning>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
    const { workspace } = vscode;
    this.#store.add(workspace.onDidOpenTextDocument((document) => this.#refresh(document)));
    this.#store.add(workspace.onDidCloseTextDocument((document) => this.#forget(document.uri)));
    this.#store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document);
      }),
    );
    this.refreshAll();
  }

  refreshAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#refresh(document);
  }

  meaningOf(item: vscode.TestItem): Meaning | undefined {
    return this.#meanings.get(item);
  }

  /** The parameters of a model that has run take the place of those of its last run. */
  setParameters(
    model: vscode.TestItem,
    rows: readonly CheckRow[],
    rangeOf: (row: CheckRow) => vscode.Location | null,
  ): void {
    const meaning = this.#meanings.get(model);
    if (!meaning) return;
    const children = rows.map((row) => {
      const at = rangeOf(row);
      const child = this.#controller.createTestItem(
        `${model.id}/${row.sourceName}`,
        row.symbol,
        at?.uri ?? meaning.uri,
      );
      if (at) child.range = at.range;
      this.#meanings.set(child, { ...meaning, parameter: row.sourceName });
      return child;
    });
    model.children.replace(children);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#store.dispose();
  }

  #later(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(
      key,
      setTimeout(() => {
        this.#waiting.delete(key);
        this.#refresh(document, true);
      }, settle),
    );
  }

  #refresh(document: vscode.TextDocument, edited = false): void {
    if (document.isClosed) return;
    const candidate = candidateOf(document);
    const models = isModelFile(candidate) ? nameModels(candidate.text) : [];
    if (models.length === 0) return this.#forget(document.uri);
    const { children } = this.#fileItem(document.uri);
    const items = models.map(({ name, offset }, index) => {
      const id = `${document.uri.toString()}#${name}`;
      const known = children.get(id);
      const item = known ?? this.#controller.createTestItem(id, t('gradients of {0}', name), document.uri);
      const at = document.positionAt(offset);
      item.range = new vscode.Range(at, at);
      this.#meanings.set(item, { uri: document.uri, index, parameter: null });
      // What was found is about the text before the edit.
      if (known && edited) this.#controller.invalidateTestResults(item);
      return item;
    });
    children.replace(items);
  }

  #fileItem(uri: vscode.Uri): vscode.TestItem {
    const id = uri.toString();
    const known = this.#controller.items.get(id);
    const item = known ?? this.#controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
    if (!known) this.#controller.items.add(item);
    return item;
  }

  #forget(uri: vscode.Uri): void {
    this.#controller.items.delete(uri.toString());
  }
}
