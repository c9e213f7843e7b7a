import type { NodeId } from '../base/brand.ts';
import { LineTable } from '../base/span.ts';
import type { Problem } from '../base/problem.ts';
import { type Content, type Pass, type Trace, maxElements } from '../trace/format.ts';
import { buildCard } from './card.ts';
import { PassView } from './pass-view.ts';
import type { HealthLine, Reading, Rest, Share } from './view.ts';

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
  /** At most 24: those that weigh most. */
  readonly terms: readonly {
    readonly through: string;
    readonly outer: JsonValue;
    readonly local: { readonly formula: string; readonly numbers: string; readonly value: JsonValue };
    readonly value: JsonValue;
    /** value / sum; for tensors ⟨value, sum⟩ / ‖sum‖². Null where there is but one term. */
    readonly share: JsonNumber | null;
  }[];
  readonly restOfTerms: RestDocument | null;
  /** The terms of a tensor as products of matrices, with shapes. */
  readonly matrices: readonly { readonly formula: string; readonly shapes: string }[];
  /** In words, where the terms are ten times their sum or more. */
  readonly cancellation: string | null;
  readonly health: readonly HealthLine[];
  /** Exact, in decimal digits: it can be more than a number holds. */
  readonly pathCount: string;
  /** The strongest, strongest first. */
  readonly paths: readonly {
    readonly nodes: readonly string[];
    readonly factors: readonly {
      readonly of: string;
      readonly by: string;
      readonly formula: string;
      readonly numbers: string;
      readonly value: JsonValue;
      /** Which subgradient was taken, where this run stands on a kink. */
      readonly kink: string | null;
    }[];
    readonly product: JsonValue;
    readonly share: JsonNumber | null;
  }[];
  readonly restOfPaths: RestDocument | null;
  readonly sum: JsonValue;
  /** Why the gradient is null, or exactly 0 in some elements. */
  readonly why: {
    readonly kind: 'null' | 'zero' | 'zeros';
    readonly causes: readonly {
      readonly cause: string;
      readonly text: string;
      readonly node: string;
      readonly file: string | null;
      readonly line: number | null;
      readonly elements: number | null;
    }[];
  } | null;
}

interface RestDocument {
  readonly count: string;
  readonly sum: JsonValue;
  readonly share: JsonNumber | null;
}

type JsonValue = JsonNumber | JsonNumber[] | null;

export function explainDocument(view: PassView, id: NodeId): ExplainDocument {
  const card = buildCard(view, id, true);
  const name = (node: NodeId): string => view.names.written(node);
  // As in the source, and with the index of an element where one is meant: `z[1,0]`.
  const named = (node: NodeId, shown: string): string => name(node) + shown.slice(view.names.shown(node).length);
  return {
    node: name(id) + (card.node.element?.index ?? ''),
    gradient: jsonOf(card.gradient),
    terms: card.terms.map(({ through, throughNode, outer, formula, numbers, local, value, share }) => ({
      through: named(throughNode, through),
      outer: jsonOf(outer),
      local: { formula, numbers, value: jsonOf(local) },
      value: jsonOf(value),
      share: shareNumber(share),
    })),
    restOfTerms: restDocument(card.restOfTerms),
    matrices: card.matrices.map(({ left, formula, shapes }) => ({ formula: `${left} = ${formula}`, shapes })),
    cancellation: card.cancellation,
    health: card.health,
    pathCount: card.pathCount,
    paths: card.paths.map(({ nodes, factors, product, share }) => ({
      nodes: [...factors.map(({ byNode, by }) => named(byNode, by)).reverse(), name(nodes.at(-1)!)],
      factors: factors.map(({ of, by, ofNode, byNode, formula, numbers, value, kink }) => ({
        of: named(ofNode, of),
        by: named(byNode, by),
        formula,
        numbers,
        value: jsonOf(value),
        kink,
      })),
      product: jsonOf(product),
      share: shareNumber(share),
    })),
    restOfPaths: restDocument(card.restOfPaths),
    sum: jsonOf(card.sum),
    why: card.why && {
      kind: card.why.kind,
      causes: card.why.causes.map(({ cause, text, node, source, elements }) => ({
        cause,
        text,
        node: name(node),
        file: source?.file ?? null,
        line: source?.line ?? null,
        elements,
      })),
    },
  };
}

const shareNumber = (share: Share | null): JsonNumber | null => share && jsonNumber(share.ratio);

const restDocument = (rest: Rest | null): RestDocument | null =>
  rest && { count: rest.count, sum: jsonOf(rest.sum), share: shareNumber(rest.share) };

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
