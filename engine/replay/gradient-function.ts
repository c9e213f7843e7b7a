import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Expression } from '../expression/expression.ts';
import { weight } from '../expression/substitute.ts';
import { BackwardGraph } from './backward-graph.ts';
import { expressionOf } from './gradient-function-expression.ts';
import { type Term, termsOf } from './gradient-function-terms.ts';
import { Recording } from './recording.ts';

/** A gradient as a function of the leaves: definitions, each in leaves and in what was defined before it, and the result. */
export interface GradientFunction {
  readonly of: NodeId;
  readonly by: NodeId;
  /** What the function is given, in order of execution. */
  readonly leaves: readonly NodeId[];
  readonly definitions: readonly Definition[];
  readonly result: Expression;
}

export interface Definition {
  /** A node that the author named, the gradient of one, or `t1`, `t2`, … */
  readonly name: DefinitionName;
  readonly value: Expression;
}
type DefinitionName = Exclude<Expression, { kind: 'number' | 'call' }>;

export type NoGradientFunction =
  | { readonly kind: 'no gradient' }
  /** `ops` of them are between the leaves and the gradient, or at least so many. */
  | { readonly kind: 'too long'; readonly ops: number };

/** Ops beyond which nobody reads a formula: forward and backward together. */
export const mostOps = 200;
/** What is used twice and is longer than this gets a name. */
const shortest = 4;

/** Reverse accumulation with formulas for numbers, from the output of a pass down to one node. */
export function gradientFunction(
  graph: PassGraph,
  by: NodeId,
  of: NodeId = graph.pass.loss,
): GradientFunction | NoGradientFunction {
  const through = between(graph, by, of);
  if (!graph.node(by).requiresGrad || !through.has(of)) return { kind: 'no gradient' };
  if (through.size > mostOps) return { kind: 'too long', ops: through.size };
  const backward = new BackwardGraph(new Recording(graph), of, through);
  if (!backward.gradients.has(by)) return { kind: 'no gradient' };
  const terms = termsOf(backward, by);
  const ops = terms.filter(({ kind }) => kind === 'op').length;
  if (ops > mostOps) return { kind: 'too long', ops };
  return { of, by, ...written(terms, graph) };
}

/** The nodes on the ways from one to the other, both included where there is one. */
function between(graph: PassGraph, from: NodeId, to: NodeId): Set<NodeId> {
  const after = new Set([from]);
  for (const id of graph.nodes) if (graph.node(id).inputs.some((input) => after.has(input))) after.add(id);
  if (!after.has(to)) return new Set();
  const found = new Set([to]);
  for (const id of found) for (const input of graph.node(id).inputs) if (after.has(input)) found.add(input);
  return found;
}

/** Names what is used more than once, and writes the rest where it is used. */
function written(
  terms: readonly Term[],
  graph: PassGraph,
): Pick<GradientFunction, 'leaves' | 'definitions' | 'result'> {
  const result = terms.at(-1)!;
  const names = new Map<Term, DefinitionName>();
  for (const term of terms) if (term.node !== null) names.set(term, { kind: 'node', node: term.node });
  const uses = countUses(terms);
  let count = 0;
  for (const term of terms) {
    if (names.has(term) || term === result || term.kind !== 'op') continue;
    if ((uses.get(term) ?? 0) < 2 || weight(expressionOf(term, names)) < shortest) continue;
    const named = term.gradientOf !== null && graph.node(term.gradientOf).name !== null;
    names.set(term, named ? { kind: 'gradient', node: term.gradientOf! } : { kind: 'symbol', name: `t${++count}` });
  }
  return tidied(
    terms.filter((term) => term.kind === 'op' && term !== result && names.has(term)),
    result,
    names,
  );
}

/** Simplifying may leave a name with one use, or none: it is written out, and the rest counted anew. */
function tidied(
  defined: readonly Term[],
  result: Term,
  names: Map<Term, DefinitionName>,
): Pick<GradientFunction, 'leaves' | 'definitions' | 'result'> {
  for (;;) {
    const values = new Map(
      [...defined.filter((term) => names.has(term)), result].map((term) => [term, expressionOf(term, names)]),
    );
    const uses = new Map<string, number>();
    for (const value of values.values()) countLeaves(value, uses);
    const spare = [...values.keys()].filter((term) => {
      if (term === result) return false;
      const name = names.get(term)!;
      return (uses.get(keyOf(name)) ?? 0) < (name.kind === 'node' ? 1 : 2);
    });
    if (spare.length > 0) {
      for (const term of spare) names.delete(term);
      continue;
    }
    const definitions = [...values].flatMap(([term, value]) =>
      term === result ? [] : [{ name: names.get(term)!, value }],
    );
    const own = new Set(definitions.map(({ name }) => keyOf(name)));
    const leaves = [...names.values()].filter(
      (name) => name.kind === 'node' && uses.has(keyOf(name)) && !own.has(keyOf(name)),
    );
    return {
      leaves: leaves.flatMap((leaf) => (leaf.kind === 'node' ? [leaf.node] : [])),
      definitions,
      result: values.get(result)!,
    };
  }
}

function countUses(terms: readonly Term[]): ReadonlyMap<Term, number> {
  const uses = new Map<Term, number>();
  for (const { inputs } of terms) for (const input of inputs) uses.set(input, (uses.get(input) ?? 0) + 1);
  return uses;
}

function countLeaves(x: Expression, uses: Map<string, number>): void {
  if (x.kind === 'call') for (const argument of x.args) countLeaves(argument, uses);
  else if (x.kind !== 'number') uses.set(keyOf(x), (uses.get(keyOf(x)) ?? 0) + 1);
}

const keyOf = (leaf: DefinitionName): string => (leaf.kind === 'symbol' ? leaf.name : `${leaf.kind} ${leaf.node}`);
