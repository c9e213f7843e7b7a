import * as vscode from 'vscode';
import { LineTable, type Offset, type Span } from '../../engine/base/span.ts';
import { openDocument, rangeOf, uriOf } from '../documents.ts';
import type { Place } from '../place.ts';
import { Drift } from './drift.ts';
import type { FinishedRun } from './live.ts';

/** Null where what stood there when the run began has been edited since: the run to come will say more. */
export async function rangesIn(place: Place, run: FinishedRun): Promise<(span: Span) => vscode.Range | null> {
  const document = openDocument(place);
  if (document !== undefined) {
    const now = document.getText();
    const drift = new Drift(run.texts.get(place.path) ?? now, now);
    return (span) => {
      const moved = drift.spanAfter(span);
      return moved === null ? null : rangeOf(document, moved);
    };
  }
  const traced = run.result.trace?.files.find((file) => file.path === place.path)?.text;
  const lines = new LineTable(traced ?? (await textOnDisk(place)));
  const position = (offset: Offset): vscode.Position => {
    const { line, column } = lines.positionAt(offset);
    return new vscode.Position(line - 1, column - 1);
  };
  return (span) => new vscode.Range(position(span.start), position(span.end));
}

async function textOnDisk(place: Place): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(place)));
  } catch {
    return '';
  }
}
