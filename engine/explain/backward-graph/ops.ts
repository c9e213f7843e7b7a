import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Expression } from '../../expression/expression.ts';
import { print } from '../../expression/print.ts';
import { weight } from '../../expression/substitute.ts';
import { formulaOf } from '../../ops/rules.ts';
import type { BackwardGraph, BackwardOp } from '../../replay/backward-graph.ts';
import { showShape } from '../../tensor/shape.ts';
import { statisticsOf } from '../../trace/statistics.ts';
import { formatExact } from '../numbers.ts';
import { nodeView } from '../node-view.ts';
import type { PassView } from '../pass-view.ts';
import { readingOf } from '../reading.ts';
import type { NodeView } from '../view.ts';
import { structureOf } from './structure.ts';
import type { BackwardEdgeView, BackwardGraphView, BackwardNodeView } from './view.ts';

/** Longer formulas are no names. */
const longest = 24;

/** One node for each op that the backward pass applies. @param computed whether values inside of rules are worth computing */
export function opBackwardGraph(view: PassView, backward: BackwardGraph, computed: boolean): BackwardGraphView {
  const gradients = new Map([...backward.gradients].map(([node, op]) => [op, node]));
  const target = targetsOf(view, backward, gradients);
  const id = (op: BackwardOp): number => {
    const node = gradients.get(op);
    return -1 - (node ?? view.trace.nodes.length + op.id);
  };
  const formulas = new Formulas(view, gradients);
  const nodes = backward.ops.map((op): BackwardNodeView => {
    const node = gradients.get(op);
    return {
      id: id(op),
      name: node === undefined ? formulas.name(op) : view.names.partial(view.pass.loss, node),
      op: labelOf(op),
      ...(node === undefined ? inside(backward, op, computed) : whole(nodeView(view, node))),
      of: target.get(op)!,
      whole: node !== undefined,
      reads: op.inputs.flatMap((input) => (input.kind === 'forward' ? (view.shownFor(input.node) ?? []) : [])),
    };
  });
  const edges = backward.ops.flatMap((op) =>
    op.inputs.flatMap((input): BackwardEdgeView[] =>
      input.kind === 'op' ? [{ from: id(input), to: id(op), label: null }] : [],
    ),
  );
  const distinct = [...new Map(edges.map((edge) => [`${edge.from}>${edge.to}`, edge])).values()];
  return { nodes, edges: distinct, structure: structureOf(nodes, distinct), note: null };
}

function labelOf({ op }: BackwardOp): string {
  if (op === 'seed') return '1';
  return op === 'same' ? t('passed on') : op;
}

type Told = Pick<BackwardNodeView, 'kind' | 'shape' | 'value'>;

const whole = ({ kind, shape, gradient }: NodeView): Told => ({ kind, shape, value: gradient });

function inside(backward: BackwardGraph, op: BackwardOp, computed: boolean): Told {
  const shape = op.shape.length === 0 ? 'scalar' : showShape(op.shape);
  if (!computed) return { kind: 'op', shape, value: null };
  const { data } = backward.value(op);
  return { kind: 'op', shape, value: readingOf({ statistics: statisticsOf(data), data }, op.shape) };
}

/** Whose gradient an op is a part of: what its vector–Jacobian product goes to, or what the sum is of. */
function targetsOf(
  view: PassView,
  { ops }: BackwardGraph,
  gradients: ReadonlyMap<BackwardOp, NodeId>,
): ReadonlyMap<BackwardOp, NodeId> {
  const targets = new Map<BackwardOp, NodeId>();
  for (const op of ops) {
    const { pulls } = op;
    const summed = op.inputs.find((input) => input.kind === 'op' && targets.has(input)) as BackwardOp | undefined;
    const target =
      gradients.get(op) ?? (pulls ? view.graph.node(pulls.node).inputs[pulls.input]! : targets.get(summed!)!);
    targets.set(op, target);
  }
  return targets;
}

/** What ops inside of rules compute, in values of G and gradients. */
class Formulas {
  readonly #known = new Map<BackwardOp, Expression>();

  constructor(
    readonly view: PassView,
    readonly gradients: ReadonlyMap<BackwardOp, NodeId>,
  ) {}

  name(op: BackwardOp): string {
    const { names, graph } = this.view;
    const text = print(this.#formula(op), {
      leaf: (leaf) => {
        if (leaf.kind === 'node') return names.shown(leaf.node);
        return leaf.kind === 'gradient' ? names.partial(graph.pass.loss, leaf.node) : leaf.name;
      },
      number: formatExact,
      times: op.shape.length === 0 ? '·' : ' ⊙ ',
    });
    return text.length > longest ? op.op : text;
  }

  #formula(op: BackwardOp): Expression {
    const known = this.#known.get(op);
    if (known) return known;
    const args = op.inputs.map((input): Expression => {
      if (input.kind === 'number') return { kind: 'number', value: input.value };
      if (input.kind === 'forward') return { kind: 'node', node: input.node };
      const node = this.gradients.get(input);
      if (node !== undefined) return { kind: 'gradient', node };
      const formula = this.#formula(input);
      return weight(formula) > longest ? { kind: 'symbol', name: '…' } : formula;
    });
    const made = op.op === 'same' || op.op === 'seed' ? (args[0] ?? one) : formulaOf(op.op, op.attributes, args);
    this.#known.set(op, made);
    return made;
  }
}

const one: Expression = { kind: 'number', value: 1 };
