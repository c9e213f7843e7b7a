import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { t } from '../../engine/base/l10n.ts';
import type { ModelSummary } from '../../engine/explain/view.ts';
import type { Offset } from '../../engine/base/span.ts';
import { commands, modelLanguages } from '../contributions.ts';
import { placeOfUri } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { markOf } from '../live/mark.ts';
import type { Place } from '../place.ts';
import type { Services } from '../services.ts';
import { locateModels } from '../source/model-locator.ts';
import { whileEnabled } from '../while-enabled.ts';

/** Above each `model(`: opens the graph, steps through the backward pass, trains, and once it runs says what the loss is and how large the gradient. */
export const codeLens: Feature = {
  name: 'code lens',
  start: (services) => {
    const selector = modelLanguages.map((language) => ({ language }));
    return whileEnabled(services, 'codeLens', () => {
      const store = new DisposableStore();
      const changed = store.add(new vscode.EventEmitter<void>());
      store.add(services.live.onDidChange(() => changed.fire()));
      const provider: vscode.CodeLensProvider = {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses(document) {
          const place = placeOfUri(document.uri);
          return place === null ? [] : lensesOf(services, document, place);
        },
      };
      store.add(vscode.languages.registerCodeLensProvider(selector, provider));
      return store;
    });
  },
};

function lensesOf(services: Services, document: vscode.TextDocument, place: Place): vscode.CodeLens[] {
  const summaries = summariesByLine(services, document, place);
  const lines = new Set([
    ...locateModels(document.getText()).map((offset) => document.positionAt(offset).line),
    ...summaries.keys(),
  ]);
  const mark = markOf(services);
  return [...lines].flatMap((line) => {
    const at = new vscode.Range(line, 0, line, 0);
    const [first, ...others] = summaries.get(line) ?? [];
    const args = [{ uri: document.uri.toString(), model: first?.name ?? null }];
    const step = new vscode.CodeLens(at, {
      title: t('Step backward'),
      command: commands.stepBackward,
      arguments: args,
    });
    if (first === undefined)
      return [
        new vscode.CodeLens(at, { title: t('∇ Show graph'), command: commands.showGraph, arguments: args }),
        step,
      ];
    const more = others.length === 0 ? '' : ` · ${t('{0} more', others.length)}`;
    return [
      new vscode.CodeLens(at, { title: t('∇ Graph'), command: commands.showGraph, arguments: args }),
      new vscode.CodeLens(at, {
        title: `${headline(first)}${more}${mark}`,
        command: commands.showGraph,
        arguments: args,
      }),
      step,
      ...(first.trains
        ? [new vscode.CodeLens(at, { title: t('Train'), command: commands.train, arguments: args })]
        : []),
    ];
  });
}

const headline = ({ loss, gradientNorm }: ModelSummary): string => `${loss} · ${gradientNorm}`;

/** By zero-based line of the document as it is now. Models whose place was edited away are left out. */
function summariesByLine(
  { live, traced }: Services,
  document: vscode.TextDocument,
  place: Place,
): Map<number, ModelSummary[]> {
  const byLine = new Map<number, ModelSummary[]>();
  const drift = traced.drift(place, document.getText());
  for (const summary of live.presenter.summaries()) {
    if (drift === null || summary.source?.file !== place.path) continue;
    const { start } = summary.source.span;
    // Only where the call begins: its body is what is being edited.
    const span = drift.spanAfter({ start, end: (start + 1) as Offset });
    if (span === null) continue;
    const { line } = document.positionAt(span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), summary]);
  }
  return byLine;
}
