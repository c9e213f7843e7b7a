import type { NodeId } from '../base/brand.ts';
import { LineTable } from '../base/span.ts';
import type { Problem } from '../base/problem.ts';
import { type Content, type Pass, type Trace, maxElements } from '../trace/format.ts';
import { buildCard } from './card.ts';
import { PassView } from './pass-view.ts';
import type { Reading } from './view.ts';

/** Numbers that JSON has no word for are written as texts. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';
const omitted = `omitted over ${maxElements} elements`;
type JsonContent = JsonNumber[] | typeof omitted;

export interface NodeDocument {
  readonly id: number;
  readonly name: string | null;
  readonly op: string;
  readonly inputs: readonly number[];
  readonly kind: 'parameter' | 'input' | 'constant' | 'op';
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly value: JsonContent;
  readonly gradient: JsonContent | null;
  /** From 1; null for what has no place in the source. */
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly scope: readonly string[];
}

export interface ProblemDocument {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly code: string;
}

/** What `retrograd trace --json` prints: every op of every model (or of the one named). */
export interface TraceDocument {
  readonly models: readonly { readonly name: string; readonly loss: number; readonly nodes: readonly NodeDocument[] }[];
  readonly problems: readonly ProblemDocument[];
}

export function traceDocument(
  trace: Trace | null,
  problems: readonly ProblemDocument[],
  model?: string,
): TraceDocument {
  const passes = (trace?.passes ?? []).filter(({ name }) => model === undefined || name === model);
  return { models: passes.map((pass) => modelDocument(trace!, pass)), problems };
}

/** Places of problems need the text that was run, also when there is no trace. */
export function problemDocument({ file, span, message, code }: Problem, text: string): ProblemDocument {
  return { file, ...new LineTable(text).positionAt(span.start), message, code };
}

function modelDocument(trace: Trace, pass: Pass): TraceDocument['models'][number] {
  const view = new PassView(trace, pass, 'op');
  return { name: pass.name, loss: pass.loss, nodes: pass.nodes.map((id) => nodeDocument(view, id)) };
}

function nodeDocument(view: PassView, id: NodeId): NodeDocument {
  const { op, kind, inputs, shape, dtype, value, name } = view.graph.node(id);
  const gradient = view.pass.gradients.get(id);
  const site = view.siteOf(id);
  const start = site && view.lines(site.file).positionAt(site.span.start);
  const end = site && view.lines(site.file).positionAt(site.span.end);
  return {
    id,
    name,
    op,
    inputs,
    kind,
    shape,
    dtype,
    value: content(value),
    gradient: gradient ? content(gradient) : null,
    line: start?.line ?? null,
    column: start?.column ?? null,
    endLine: end?.line ?? null,
    endColumn: end?.column ?? null,
    scope: view.scopePath(id),
  };
}

/** What `retrograd explain --json` prints. A number for a scalar, a flat array for a tensor, null for what nobody writes out. */
export interface ExplainDocument {
  readonly node: string;
  readonly gradient: JsonValue;
  readonly terms: readonly {
    readonly through: string;
    readonly outer: JsonValue;
    readonly local: { readonly formula: string; readonly value: JsonValue };
    readonly value: JsonValue;
  }[];
  readonly paths: readonly {
    readonly nodes: readonly string[];
    readonly factors: readonly {
      readonly of: string;
      readonly by: string;
      readonly formula: string;
      readonly value: JsonValue;
    }[];
    readonly product: JsonValue;
  }[];
  readonly sum: JsonValue;
}

type JsonValue = JsonNumber | JsonNumber[] | null;

export function explainDocument(view: PassView, id: NodeId): ExplainDocument {
  const card = buildCard(view, id);
  const name = (node: NodeId): string => view.names.written(node);
  return {
    node: name(id),
    gradient: jsonOf(card.gradient),
    terms: card.terms.map(({ throughNode, outer, formula, local, value }) => ({
      through: name(throughNode),
      outer: jsonOf(outer),
      local: { formula, value: jsonOf(local) },
      value: jsonOf(value),
    })),
    paths: card.paths.map(({ nodes, factors, product }) => ({
      nodes: nodes.map(name),
      factors: factors.map(({ ofNode, byNode, formula, value }) => ({
        of: name(ofNode),
        by: name(byNode),
        formula,
        value: jsonOf(value),
      })),
      product: jsonOf(product),
    })),
    sum: jsonOf(card.sum),
  };
}

const jsonOf = (reading: Reading | null): JsonValue =>
  reading === null
    ? null
    : reading.scalar !== null
      ? jsonNumber(reading.scalar)
      : (reading.data?.map(jsonNumber) ?? null);

const content = ({ data }: Content): JsonContent =>
  data && data.length <= maxElements ? Array.from(data, jsonNumber) : omitted;

export const jsonNumber = (x: number): JsonNumber =>
  Number.isFinite(x) ? x : Number.isNaN(x) ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
