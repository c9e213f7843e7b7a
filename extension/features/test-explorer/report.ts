import * as vscode from 'vscode';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { t } from '../../../engine/base/l10n.ts';
import { LineTable, type Offset, type Span } from '../../../engine/base/span.ts';
import { checkText } from '../../../engine/explain/check/terminal.ts';
import type { CheckRow, CheckView } from '../../../engine/explain/check/view.ts';
import type { RunResult } from '../../../engine/protocol/worker.ts';
import { uriOf } from '../../documents.ts';
import type { ModelItems } from './model-items.ts';

/** Tells VS Code what a check found, each failure at the line of what it is about. */
export class Report {
  readonly #run: vscode.TestRun;
  readonly #items: ModelItems;
  readonly #root: string;
  readonly #result: RunResult;

  constructor(run: vscode.TestRun, items: ModelItems, root: string, result: RunResult) {
    this.#run = run;
    this.#items = items;
    this.#root = root;
    this.#result = result;
  }

  /** The model made no trace: its problems are why. */
  notRun(item: vscode.TestItem): void {
    const messages = this.#result.problems.map(({ message, file, span }) => {
      const told = new vscode.TestMessage(message);
      told.location = this.#at(file, span);
      return told;
    });
    const nothing = new vscode.TestMessage(t('This model was not run.'));
    this.#run.errored(item, messages.length > 0 ? messages : nothing);
  }

  checked(item: vscode.TestItem, views: readonly CheckView[], isModel: boolean): void {
    const rows = views.flatMap((view) => view.rows);
    for (const view of views) this.#run.appendOutput(checkText(view).replaceAll('\n', '\r\n'), undefined, item);
    if (!isModel) {
      if (rows[0]) this.#one(item, rows[0]);
      return;
    }
    const parameters = rows.filter(({ isParameter }) => isParameter);
    this.#items.setParameters(item, parameters, (row) => this.#placeOf(row));
    for (const row of parameters) {
      const child = item.children.get(`${item.id}/${row.sourceName}`);
      if (child) this.#one(child, row);
    }
    const wrong = rows.filter(({ verdict, isParameter }) => verdict === 'differs' && !isParameter);
    if (views.every(({ passed }) => passed)) this.#run.passed(item);
    else if (wrong.length > 0)
      this.#run.failed(
        item,
        wrong.map((row) => this.#message(row)),
      );
    else this.#run.failed(item, []);
  }

  #one(item: vscode.TestItem, row: CheckRow): void {
    switch (row.verdict) {
      case 'differs':
        return this.#run.failed(item, this.#message(row));
      case 'skipped':
      case 'undecided':
        return this.#run.skipped(item);
      default:
        return this.#run.passed(item);
    }
  }

  #message(row: CheckRow): vscode.TestMessage {
    const { symbol, worst, remarks, relativeError } = row;
    const said = [t('{0} differs from the central difference: relative error {1}.', symbol, relativeError), ...remarks];
    const of = worst === null || row.elements === '' ? '' : `${worst.name}: `;
    const message = worst
      ? vscode.TestMessage.diff(said.join('\n'), `${of}${worst.numeric}`, `${of}${worst.analytic}`)
      : new vscode.TestMessage(said.join('\n'));
    const location = this.#placeOf(row);
    if (location) message.location = location;
    return message;
  }

  #placeOf({ source }: CheckRow): vscode.Location | null {
    return source && this.#at(source.file, source.span);
  }

  /** In the text that ran. */
  #at(file: ModulePath, { start, end }: Span): vscode.Location {
    const lines = new LineTable(this.#result.files.find(({ path }) => path === file)?.text ?? '');
    const position = (offset: Offset): vscode.Position => {
      const { line, column } = lines.positionAt(offset);
      return new vscode.Position(line - 1, column - 1);
    };
    return new vscode.Location(
      uriOf({ root: this.#root, path: file }),
      new vscode.Range(position(start), position(end)),
    );
  }
}
