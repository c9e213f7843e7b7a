import type { NodeId } from '../base/brand.ts';
import type { Expression } from '../expression/expression.ts';
import { isElementwise, pullbackOf } from '../ops/rules.ts';
import { ofOneElement } from '../expression/evaluate.ts';
import { sameShape, sizeOf } from '../tensor/shape.ts';
import type { Named } from './closed-forms/index.ts';
import { derivativeFormula } from './derivative-formula.ts';
import { derivativeValue } from './derivative-value.ts';
import type { Fold } from './folds.ts';
import type { PassGraph } from './pass-graph.ts';
import { wayThrough } from './way.ts';

/**
 * `scalar`: of one number by one number. `elementwise`: the Jacobian is a diagonal. `matrix`: it is none, and the formula tells
 * what is made of the upstream gradient.
 */
export type DerivativeKind = 'scalar' | 'elementwise' | 'matrix';

/** How a fold's value changes with one of its inputs: the sum, over the ways through the fold, of the products of its ops' rules. */
export class LocalDerivative {
  readonly #graph: PassGraph;
  readonly #fold: Fold;
  readonly #input: NodeId;
  #throughOps: readonly NodeId[] | null = null;
  #kind: DerivativeKind | undefined;
  #formula: { readonly formula: Expression; readonly named: readonly Named[] } | null | undefined;
  #value: Float64Array | null | undefined;

  constructor(graph: PassGraph, fold: Fold, input: NodeId) {
    this.#graph = graph;
    this.#fold = fold;
    this.#input = input;
  }

  get kind(): DerivativeKind {
    this.#kind ??= kindOf(this.#graph, this.#fold, this.#input, this.#way);
    return this.#kind;
  }

  /** Bound to the run and simplified. For `matrix`, the whole vector–Jacobian product. Null when too long to be read. */
  get formula(): Expression | null {
    return this.#written?.formula ?? null;
  }

  /** What the formula's own symbols stand for, in the order in which they are explained. */
  get named(): readonly Named[] {
    return this.#written?.named ?? [];
  }

  /** One number per element; null for `matrix`, and where the trace left contents out. */
  get value(): Float64Array | null {
    if (this.#value === undefined)
      this.#value = this.kind === 'matrix' ? null : derivativeValue(this.#graph, this.#way, this.#input);
    return this.#value;
  }

  get #way(): readonly NodeId[] {
    this.#throughOps ??= wayThrough(this.#graph, this.#fold, this.#input);
    return this.#throughOps;
  }

  get #written(): { readonly formula: Expression; readonly named: readonly Named[] } | null {
    if (this.#formula === undefined)
      this.#formula = derivativeFormula(this.#graph, this.#fold, this.#input, this.#way, this.kind);
    return this.#formula;
  }
}

function kindOf(graph: PassGraph, fold: Fold, input: NodeId, way: readonly NodeId[]): DerivativeKind {
  const { shape } = graph.node(fold.id);
  const from = graph.node(input).shape;
  if (sizeOf(shape) === 1 && sizeOf(from) === 1 && way.every((op) => isScalarOp(graph, op))) return 'scalar';
  const uniform = (op: NodeId): boolean => isElementwise(graph.node(op).op) && sameShape(graph.node(op).shape, shape);
  return sameShape(from, shape) && way.every(uniform) ? 'elementwise' : 'matrix';
}

/** Whether an op of single elements has rules that hold for single numbers. */
function isScalarOp(graph: PassGraph, op: NodeId): boolean {
  const node = graph.node(op);
  if (sizeOf(node.shape) !== 1) return false;
  if (isElementwise(node.op)) return true;
  return node.inputs.every((from, i) => {
    const pullback = pullbackOf(node.op, i, node.attributes);
    return pullback === null || (sizeOf(graph.node(from).shape) === 1 && ofOneElement(pullback) !== null);
  });
}
