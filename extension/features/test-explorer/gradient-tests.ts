import * as vscode from 'vscode';
import type { Disposable } from '../../../engine/base/disposable.ts';
import { t } from '../../../engine/base/l10n.ts';
import type { CheckView } from '../../../engine/explain/check/view.ts';
import type { Checker } from '../../../engine/workers/checks/checker.ts';
import type { RunResult, Runner } from '../../../engine/protocol/worker.ts';
import { openTexts, placeOfUri } from '../../documents.ts';
import type { Place } from '../../place.ts';
import type { Services } from '../../services.ts';
import { nameModels } from '../../source/model-names.ts';
import type { ModelItems } from './model-items.ts';
import { Report } from './report.ts';

/** Runs models in a sandbox of their own, beside the live one, and compares their gradients with differences. */
export class GradientTests implements Disposable {
  readonly #services: Services;
  readonly #controller: vscode.TestController;
  readonly #items: ModelItems;
  readonly #checker: Checker;
  /** There from the first test on. */
  #runner: Runner | null = null;

  constructor(services: Services, controller: vscode.TestController, items: ModelItems) {
    this.#services = services;
    this.#controller = controller;
    this.#items = items;
    this.#checker = services.platform.startChecker();
  }

  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const stopping = token.onCancellationRequested(() => {
      this.#runner?.stop();
      this.#checker.stop();
    });
    try {
      for (const [uri, items] of byFile(this.#asked(request)))
        if (!token.isCancellationRequested) await this.#runFile(run, vscode.Uri.parse(uri), items, token);
    } catch (error) {
      this.#services.log.error(error instanceof Error ? error : String(error));
      run.appendOutput(`${String(error)}\r\n`);
    } finally {
      stopping.dispose();
      run.end();
    }
  }

  dispose(): void {
    this.#runner?.dispose();
    this.#checker.dispose();
  }

  #asked({ include, exclude }: vscode.TestRunRequest): vscode.TestItem[] {
    const asked = include ?? Array.from(this.#controller.items, ([, item]) => item);
    // A file stands for its models.
    const models = asked.flatMap((item) =>
      this.#items.meaningOf(item) ? [item] : Array.from(item.children, ([, child]) => child),
    );
    return [...new Set(models)].filter((item) => !exclude?.includes(item));
  }

  async #runFile(
    run: vscode.TestRun,
    uri: vscode.Uri,
    items: readonly vscode.TestItem[],
    token: vscode.CancellationToken,
  ): Promise<void> {
    for (const item of items) run.started(item);
    const place = placeOfUri(uri);
    const barrier = this.#barrier(place);
    if (place === null || barrier !== null) {
      for (const item of items) run.errored(item, new vscode.TestMessage(barrier ?? ''));
      return;
    }
    const result = await this.#resultOf(place);
    for (const item of items) {
      if (result === null || token.isCancellationRequested) run.skipped(item);
      else await this.#runItem(run, item, place, result);
    }
  }

  /** Why nothing may run; null where it may. */
  #barrier(place: Place | null): string | null {
    if (place === null) return t('Retrograd runs files of a folder that is open, and this is in none of them.');
    if (!vscode.workspace.isTrusted) return t('This workspace is not trusted, so no model of it is run.');
    if (this.#services.permission.allows(place.root)) return null;
    return t('Models of this folder have not been run yet. Open the graph of one first: that allows it.');
  }

  #resultOf({ root, path: entry }: Place): Promise<RunResult | null> {
    const { platform, settings } = this.#services;
    this.#runner ??= platform.startRunner({ spare: false });
    const dirty = [...openTexts(root)].filter(([, text]) => text.dirty);
    const overlays = new Map(dirty.map(([path, { text }]) => [path, text]));
    return this.#runner.run({ root, entry, overlays, budget: settings.budget });
  }

  async #runItem(run: vscode.TestRun, item: vscode.TestItem, place: Place, result: RunResult): Promise<void> {
    const meaning = this.#items.meaningOf(item);
    if (!meaning) return;
    const report = new Report(run, this.#items, place.root, result);
    const { trace } = result;
    const passes = trace ? passesOf(trace, place, meaning.index) : [];
    if (!trace || passes.length === 0) return report.notRun(item);
    const views: CheckView[] = [];
    for (const pass of passes) {
      try {
        const request = { trace, pass, granularity: 'named', opened: [], node: meaning.parameter } as const;
        const view = await this.#checker.check(request);
        if (view === null) return run.skipped(item);
        views.push(view);
      } catch (error) {
        return run.errored(item, new vscode.TestMessage(error instanceof Error ? error.message : String(error)));
      }
    }
    report.checked(item, views, meaning.parameter === null);
  }
}

type Trace = NonNullable<RunResult['trace']>;

/** One run of a file does for all of its models that were asked for. */
function byFile(items: readonly vscode.TestItem[]): Map<string, vscode.TestItem[]> {
  const files = new Map<string, vscode.TestItem[]>();
  for (const item of items) {
    const uri = item.uri?.toString() ?? '';
    files.set(uri, [...(files.get(uri) ?? []), item]);
  }
  return files;
}

/** Those that one `model(` of the text made: a function that is called twice declares two models in one place. */
function passesOf(trace: Trace, { path }: Place, index: number): number[] {
  const text = trace.files.find((file) => file.path === path)?.text ?? '';
  const offset = nameModels(text)[index]?.offset;
  return trace.passes.flatMap(({ site }, i) => {
    const at = site === null ? undefined : trace.sites.get(site);
    return at?.file === path && at.span.start === offset ? [i] : [];
  });
}
