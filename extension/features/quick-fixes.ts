import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { t } from '../../engine/base/l10n.ts';
import { span } from '../../engine/base/span.ts';
import {
  type FindingInPass,
  type FixOffer,
  findingsInPasses,
  fixEverywhere,
  fixesFor,
} from '../../engine/explain/health/fixes.ts';
import { FixTrials, type TriedFix } from '../../engine/workers/runs/fix-trials.ts';
import { healthName, modelLanguages } from '../contributions.ts';
import { placeOfUri, rangeOf, uriOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { FinishedRun } from '../live/live.ts';
import type { Place } from '../place.ts';
import type { Services } from '../services.ts';

/** Offers what may mend a finding as edits of the source; what was seen to help, in a run with it, is preferred. */
export const quickFixes: Feature = {
  name: 'quick-fixes',
  start: (services) => {
    const store = new DisposableStore();
    const { live, platform } = services;
    const trials = store.add(
      new FixTrials(
        () => live.program,
        () => platform.startRunner({ spare: false }),
      ),
    );
    const provider: vscode.CodeActionProvider = {
      async provideCodeActions(document, _range, { diagnostics }, token) {
        const place = placeOfUri(document.uri);
        const ours = diagnostics.filter(({ source }) => source === healthName);
        if (place === null || ours.length === 0) return [];
        const silencing = ours.map((diagnostic) => silence(document, diagnostic));
        const mending: vscode.CodeAction[] = [];
        for (const diagnostic of ours) {
          if (token.isCancellationRequested) return [];
          mending.push(...(await mend(document, place, diagnostic, trials, services)));
        }
        return [...mending, ...silencing];
      },
    };
    const selector = modelLanguages.map((language) => ({ language }));
    store.add(
      vscode.languages.registerCodeActionsProvider(selector, provider, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    return store;
  },
};

/** The fixes of one entry of the Problems view; none where the text is no longer the one that ran. */
async function mend(
  document: vscode.TextDocument,
  place: Place,
  diagnostic: vscode.Diagnostic,
  trials: FixTrials,
  { live, health }: Services,
): Promise<vscode.CodeAction[]> {
  const run = live.lastRun;
  const trace = run?.result.trace;
  const traced = trace?.files.find(({ path }) => path === place.path)?.text;
  if (!run || !trace || run.root !== place.root || traced !== document.getText()) return [];
  const examination = health.examination ?? {};
  const rule = ruleOf(diagnostic);
  const ofRule = findingsInPasses(trace, examination).filter(
    ({ finding }) => finding.rule === rule && finding.source?.file === place.path,
  );
  const here = ofRule.filter(({ finding }) => rangeOf(document, finding.source!.span).isEqual(diagnostic.range));
  const found = new Map<string, { tried: TriedFix; together: boolean }>();
  const attempt = async (
    offer: FixOffer | null,
    { finding, view }: FindingInPass,
    together: boolean,
  ): Promise<void> => {
    const tried = offer && (await trials.try(offer, finding, view, examination));
    if (tried && !found.has(tried.title)) found.set(tried.title, { tried, together });
  };
  for (const one of here) for (const offer of fixesFor(one.finding, one.view)) await attempt(offer, one, false);
  if (here[0]) await attempt(fixEverywhere(ofRule), here[0], true);
  const actions: vscode.CodeAction[] = [];
  for (const { tried, together } of found.values()) {
    const edit = await workspaceEdit(tried, run);
    if (!edit) continue;
    const action = new vscode.CodeAction(tried.title, vscode.CodeActionKind.QuickFix);
    action.edit = edit;
    action.diagnostics = [diagnostic];
    action.isPreferred = !together && tried.trial.helps && !actions.some(({ isPreferred }) => isPreferred);
    actions.push(action);
  }
  return actions;
}

/** Null where the file has another text by now than the edits count in. */
async function workspaceEdit(
  { file, edits }: TriedFix,
  { root, result }: FinishedRun,
): Promise<vscode.WorkspaceEdit | null> {
  const target = await vscode.workspace.openTextDocument(uriOf({ root, path: file }));
  if (target.getText() !== result.trace?.files.find(({ path }) => path === file)?.text) return null;
  const made = new vscode.WorkspaceEdit();
  for (const { span: at, text } of edits) made.replace(target.uri, rangeOf(target, span(at.start, at.end)), text);
  return made;
}

/** `// retrograd-ignore <rule>: ` above the line, for the reason to be written behind it. */
function silence(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const rule = ruleOf(diagnostic);
  const line = document.lineAt(diagnostic.range.start.line);
  const indent = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const newline = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const action = new vscode.CodeAction(t('Silence this finding ({0})', rule), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.insert(document.uri, line.range.start, `${indent}// retrograd-ignore ${rule}: ${newline}`);
  action.diagnostics = [diagnostic];
  return action;
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
