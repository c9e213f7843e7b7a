import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ExplainDocument, type TraceDocument, explainDocument, traceDocument } from '../../engine/explain/json.ts';
import { PassView } from '../../engine/explain/pass-view.ts';
import type { NodeId } from '../../engine/base/brand.ts';
import type { Trace } from '../../engine/trace/format.ts';
import { TextRunner } from '../engine/explain/run-text.ts';
import { root } from './command-line.ts';

/** Each example is run once, in the sandbox; a process for every question took a minute in all. */
const traces = new Map<string, Trace>();
const documents = new Map<string, TraceDocument>();

before(async function () {
  this.timeout(60_000);
  const runner = new TextRunner();
  for (const file of readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts')))
    traces.set(file.replace('.ts', ''), await runner.example(file));
  runner.dispose();
});

export const traceOf = (example: string): Trace => traces.get(example)!;

/** As the panel shows it; the first model unless another is named. */
export function viewOf(example: string, model?: string): PassView {
  const trace = traceOf(example);
  const pass = trace.passes.find(({ name }) => model === undefined || name === model)!;
  return new PassView(trace, pass, 'named');
}

export function nodeIn(view: PassView, name: string): NodeId {
  const found = view.names.find(name);
  if (found === null) throw new Error(`There is no ${name}.`);
  return found;
}

/** What `retrograd trace --json` and `retrograd explain --json` print. */
export function traced(example: string): TraceDocument {
  const document = documents.get(example) ?? traceDocument(traceOf(example), []);
  documents.set(example, document);
  return document;
}

export function explained(example: string, node: string, model?: string): ExplainDocument {
  const view = viewOf(example, model);
  return explainDocument(view, view.shownFor(nodeIn(view, node))!);
}

/** The ops that one node of the folded graph stands for, each with the modules it is part of. */
export function opsBehind(example: string, node: string): string[] {
  const view = viewOf(example);
  const { folds } = view.chains.folding;
  return folds.get(nodeIn(view, node))!.ops.flatMap((id) => {
    const { op, kind } = view.graph.node(id);
    return kind === 'op' ? [`${op} in ${view.scopePath(id).join(' › ')}`] : [];
  });
}
