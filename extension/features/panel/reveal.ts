import * as vscode from 'vscode';
import type { NodeId } from '../../../engine/base/brand.ts';
import type { Span } from '../../../engine/base/span.ts';
import { rulePage } from '../../../engine/explain/health/rule-page.ts';
import { rangeOf, uriOf } from '../../documents.ts';
import { Drift } from '../../live/drift.ts';
import type { Place } from '../../place.ts';
import type { Services } from '../../services.ts';

/** Moves the editor to the source of a node. Does nothing when there is none, or when it was edited away. */
export async function revealNode({ live, traced }: Services, node: NodeId): Promise<void> {
  const source = live.presenter.sourceOf(node);
  if (source === null || live.place === null) return;
  const place = { root: live.place.root, path: source.file };
  await reveal(place, (text) => traced.spanIn(place, text, source.span));
}

/** Moves the editor to the place of a problem of the last run. */
export async function revealProblem({ live }: Services, index: number): Promise<void> {
  const run = live.lastRun;
  const problem = run?.result.problems[index];
  if (run === null || problem === undefined) return;
  const place = { root: run.root, path: problem.file };
  await reveal(place, (text) => new Drift(run.texts.get(problem.file) ?? text, text).spanAfter(problem.span));
}

/** Moves the editor to the expression that a finding names. */
export async function revealFinding({ live, traced }: Services, index: number): Promise<void> {
  const source = live.presenter.view?.findings()[index]?.source;
  if (!source || live.place === null) return;
  const place = { root: live.place.root, path: source.file };
  await reveal(place, (text) => traced.spanIn(place, text, source.span));
}

/** Opens the page about the rule of a finding, as people read it. */
export async function openRulePage({ context, live }: Services, index: number): Promise<void> {
  const rule = live.presenter.view?.findings()[index]?.rule;
  if (rule === undefined) return;
  const page = vscode.Uri.joinPath(context.extensionUri, rulePage(rule));
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The preview is an extension of VS Code's own, which can be switched off.
    await vscode.commands.executeCommand('vscode.open', page);
  }
}

async function reveal(place: Place, locate: (text: string) => Span | null): Promise<void> {
  const document = await openIfThere(place);
  const span = document && locate(document.getText());
  if (document === undefined || span === undefined || span === null) return;
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: rangeOf(document, span),
    // The panel keeps the focus, so that its keys go on working from node to node.
    preserveFocus: true,
  });
}

async function openIfThere(place: Place): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uriOf(place));
  } catch {
    return undefined;
  }
}
