import type { NodeId } from '../base/brand.ts';
import { type Expression, number } from '../expression/expression.ts';
import { weight } from '../expression/substitute.ts';
import { formulaOf, isElementwise } from '../ops/rules.ts';
import type { TraceNode } from '../trace/format.ts';
import type { Fold } from './folds.ts';
import type { PassGraph } from './pass-graph.ts';

/** A formula that would be longer is not written down at all. */
export const longest = 600;

/**
 * What the nodes in and round a fold are called in its formulas: those that are shown by their names, those inside by what
 * made them. An op that is used twice is written twice, so that formulas are kept from growing with the first that is too long.
 */
export class Meanings {
  readonly #inside: ReadonlySet<NodeId>;
  readonly #made = new Map<NodeId, Expression | null>();
  readonly #graph: PassGraph;
  readonly #fold: NodeId;

  constructor(graph: PassGraph, fold: Fold) {
    this.#graph = graph;
    this.#fold = fold.id;
    this.#inside = new Set(fold.ops);
    // In order of execution, so that no chain of ops without names is too long for the stack.
    for (const op of fold.ops)
      if (op !== fold.id && graph.node(op).inputs.length > 0) this.#made.set(op, this.#write(op));
  }

  /** Null where it is too long to be read. */
  of(id: NodeId): Expression | null {
    const { kind, name, value } = this.#graph.node(id);
    if (kind === 'constant' && name === null && value.data?.length === 1) return number(value.data[0]!);
    if (id === this.#fold || !this.#inside.has(id) || !this.#made.has(id)) return { kind: 'node', node: id };
    return this.#made.get(id)!;
  }

  #write(id: NodeId): Expression | null {
    const { op, attributes, inputs } = this.#graph.node(id);
    const args: Expression[] = [];
    for (const input of inputs) {
      const meaning = this.of(input);
      if (!meaning) return null;
      args.push(meaning);
    }
    const made = told(formulaOf(op, attributes, args), op, attributes);
    return weight(made, longest) <= longest ? made : null;
  }
}

/** Dimensions and the like are part of what a sum or a slice means. A matrix product says what it turns by itself. */
function told(x: Expression, op: string, attributes: TraceNode['attributes']): Expression {
  if (x.kind !== 'call' || x.attributes || op === 'matmul' || Object.keys(attributes).length === 0) return x;
  return isElementwise(op) && !hasSettings.has(op) ? x : { ...x, attributes };
}

/** Elementwise ops that are another function with other settings. */
const hasSettings: ReadonlySet<string> = new Set([
  'leakyRelu',
  'elu',
  'celu',
  'hardtanh',
  'gelu',
  'softplus',
  'clamp',
  'maskedFill',
]);
