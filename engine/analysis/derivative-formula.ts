import type { NodeId } from '../base/brand.ts';
import { ofOneElement } from '../expression/evaluate.ts';
import { type Expression, number, plus, times } from '../expression/expression.ts';
import { simplify } from '../expression/simplify.ts';
import { substitute, weight } from '../expression/substitute.ts';
import type { TraceNode } from '../trace/format.ts';
import { argumentsOf, derivativeOf, isElementwise, pullbackOf } from '../ops/rules.ts';
import { sameShape, sizeOf } from '../tensor/shape.ts';
import type { Named } from './closed-forms/index.ts';
import type { Fold } from './folds.ts';
import { withoutIdleOnes } from './idle-ones.ts';
import type { DerivativeKind } from './local-derivative.ts';
import { Meanings, longest } from './meanings.ts';
import type { PassGraph } from './pass-graph.ts';
import { type Unit, tooLong, unitsOf } from './units.ts';

/** Longer formulas are not read by anybody. */
const readable = 60;

interface Written {
  readonly formula: Expression;
  readonly named: readonly Named[];
}

/** Reverse accumulation through a fold, with formulas for numbers. Null when the result is too long to be read. */
export function derivativeFormula(
  graph: PassGraph,
  fold: Fold,
  input: NodeId,
  way: readonly NodeId[],
  kind: DerivativeKind,
): Written | null {
  const rules = new Rules(graph, fold, kind);
  const tensors = kind === 'matrix';
  const matters = new Set([...way, input]);
  const { loss } = graph.pass;
  // ∂L/∂L is 1, as one number: a loss is a scalar.
  const seed: Expression = tensors && fold.id !== loss ? { kind: 'gradient', node: fold.id } : number(1);
  const sums = new Map<NodeId, Expression | null>([[fold.id, seed]]);
  const named: Named[] = [];
  const add = (from: NodeId, term: Expression | null): void => {
    const before = sums.get(from);
    sums.set(from, before === undefined ? term : before && term && shortened(plus(before, term), tensors));
  };
  const units: readonly Unit[] = unitsOf(graph, fold, matters, rules.meanings);
  for (let k = units.length - 1; k >= 0; k--) {
    const unit = units[k]!;
    const upstream = sums.get(unit.output);
    if (upstream === undefined) continue;
    if (unit.kind === 'closed') {
      for (const [from, { formula, named: parts }] of unit.pulls) {
        if (!matters.has(from)) continue;
        const bound = (x: Expression): Expression => substitute(x, { ȳ: upstream ?? tooLong });
        add(from, upstream && shortened(bound(formula), tensors));
        named.push(...parts.map(({ name, meaning }) => ({ name, meaning: simplify(bound(meaning), tensors) })));
      }
      continue;
    }
    if (!matters.has(unit.output)) continue;
    graph.node(unit.output).inputs.forEach((from, i) => {
      if (!matters.has(from) || !graph.node(from).requiresGrad) return;
      const term = upstream && rules.pulled(unit.output, i, upstream);
      if (term !== undefined) add(from, term && shortened(term, tensors));
    });
  }
  const found = sums.get(input);
  if (!found) return null;
  const simple = simplify(withoutIdleOnes(simplify(found, tensors), graph), tensors);
  // Of the whole no shape is to be seen any more.
  const formula = isNothing(simple) ? number(0) : simple;
  const used = namedIn(formula, named);
  const whole = used.reduce((total, { meaning }) => total + weight(meaning, readable), weight(formula, readable));
  return whole > readable || hides(formula) || used.some(({ meaning }) => hides(meaning))
    ? null
    : { formula, named: used };
}

/** Null for what has grown beyond use. */
const shortened = (x: Expression, tensors: boolean): Expression | null =>
  weight(x, longest) > longest ? null : simplify(x, tensors);

function isNothing(x: Expression): boolean {
  if (x.kind === 'number') return x.value === 0;
  const isProduct = x.kind === 'call' && (x.fn === 'mul' || x.fn === 'div' || x.fn === 'sumLike');
  return isProduct && isNothing(x.args[0]!);
}

const hides = (x: Expression): boolean =>
  x.kind === 'call' ? x.args.some(hides) : x.kind === 'symbol' && x.name === tooLong.name;

/** The named parts that a formula needs, first those it names itself, then those that they name. */
function namedIn(formula: Expression, named: readonly Named[]): Named[] {
  const found = new Map<string, Named>();
  const visit = (x: Expression): void => {
    if (x.kind === 'call') x.args.forEach(visit);
    if (x.kind !== 'symbol' || found.has(x.name)) return;
    const part = named.find(({ name }) => name === x.name);
    if (!part) return;
    found.set(x.name, part);
    visit(part.meaning);
  };
  visit(formula);
  return [...found.values()];
}

/** The rules of a fold's ops, bound to its names. */
class Rules {
  readonly meanings: Meanings;
  readonly #graph: PassGraph;
  readonly #isMatrix: boolean;

  constructor(graph: PassGraph, fold: Fold, kind: DerivativeKind) {
    this.meanings = new Meanings(graph, fold);
    this.#graph = graph;
    this.#isMatrix = kind === 'matrix';
  }

  /** What an op passes on to one of its inputs; undefined where it passes on nothing. */
  pulled(op: NodeId, i: number, upstream: Expression): Expression | undefined {
    const rule = this.#rule(op, i);
    return rule ? substitute(rule, { ...this.#bound(op), ȳ: upstream }) : undefined;
  }

  #rule(op: NodeId, i: number): Expression | null {
    const { op: name, attributes, inputs } = this.#graph.node(op);
    const pullback = pullbackOf(name, i, attributes);
    if (this.#isMatrix) return pullback && withoutIdleShapes(told(pullback, attributes), this.#graph, op, inputs[i]!);
    const derivative = derivativeOf(name, i, attributes);
    return derivative ? times(upstreamSymbol, derivative) : pullback && ofOneElement(pullback);
  }

  /** What a rule's symbols mean here. */
  #bound(op: NodeId): Record<string, Expression> {
    const node = this.#graph.node(op);
    const names = argumentsOf(node.op);
    const table: Record<string, Expression> = { y: this.meanings.of(op) ?? tooLong };
    node.inputs.forEach((from, i) => (table[names[i] ?? names[0]!] ??= this.meanings.of(from) ?? tooLong));
    return table;
  }
}

const upstreamSymbol: Expression = { kind: 'symbol', name: 'ȳ' };

/** The functions of a rule that undo what an op did to a shape mean what they do through the op's own settings. */
function told(x: Expression, attributes: TraceNode['attributes']): Expression {
  if (x.kind !== 'call') return x;
  const args = x.args.map((argument) => told(argument, attributes));
  const plain = isElementwise(x.fn) || x.fn === 'matmul' || x.fn === 'mT' || Object.keys(attributes).length === 0;
  return plain ? { ...x, args } : { ...x, args, attributes };
}

/** Sums and repeats that change nothing, because the shapes agree already, are not written; counts become numbers. */
function withoutIdleShapes(x: Expression, graph: PassGraph, op: NodeId, from: NodeId): Expression {
  if (x.kind !== 'call') return x;
  const node = graph.node(op);
  const input = graph.node(from).shape;
  if (x.fn === 'count') return number(sizeOf(input) / Math.max(1, sizeOf(node.shape)));
  // A product of matrices broadcasts its leading dimensions only.
  const [p, q] = node.op === 'matmul' ? [node.shape.slice(0, -2), input.slice(0, -2)] : [node.shape, input];
  const idle = (x.fn === 'sumLike' || x.fn === 'reshapeLike') && sameShape(p, q);
  if (idle) return withoutIdleShapes(x.args[0]!, graph, op, from);
  return { ...x, args: x.args.map((argument) => withoutIdleShapes(argument, graph, op, from)) };
}
