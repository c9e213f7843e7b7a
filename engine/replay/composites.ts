import type { NodeId, ScopeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import { pull } from '../autograd/pull.ts';
import type { OpName } from '../ops/index.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Applied, appliedAlgebra, called, gradientOf, valueOf } from './applied.ts';

/** The parts of one call of a composite op, of which one is its result and one tensor from outside is differentiated. */
export interface Composite {
  readonly name: string;
  readonly parts: readonly NodeId[];
  readonly output: NodeId;
  readonly input: NodeId;
}

/**
 * The vector–Jacobian product of a composite op as textbooks have it, for those whose parts say it at length.
 * @param upstream ∂L/∂output
 * @returns null where these parts are not the ones that the formula is for.
 */
type ClosedForm = (composite: Composite, upstream: Applied, graph: PassGraph, values: Values) => Applied | null;

/** What stands for a composite's argument and its result. */
interface Values {
  readonly x: Applied;
  readonly y: Applied;
}

const apply = (op: OpName, inputs: readonly Applied[], attributes: Attributes = {}): Applied =>
  appliedAlgebra.apply(op, inputs, attributes);
const sumAlong = (x: Applied, dim: number): Applied => apply('sum', [x], { dim: [dim], keepdim: true });

export const closedForms: Readonly<Record<string, ClosedForm>> = {
  // y = e^x / Σ e^x: ∂yᵢ/∂xⱼ = yᵢ·([i = j] − yⱼ)
  softmax: (composite, upstream, graph, { y }) => {
    const dim = dimensionOfSum(composite, graph);
    return apply('mul', [y, apply('sub', [upstream, sumAlong(apply('mul', [upstream, y]), dim)])]);
  },
  // y = x − ln Σ e^x: ∂yᵢ/∂xⱼ = [i = j] − e^yⱼ
  logSoftmax: (composite, upstream, graph, { y }) => {
    const dim = dimensionOfSum(composite, graph);
    return apply('sub', [upstream, apply('mul', [apply('exp', [y]), sumAlong(upstream, dim)])]);
  },
  // y = −ln softmax(x)[target]: ∂y/∂x = softmax(x) − onehot(target)
  crossEntropy: ({ parts, output, ...composite }, upstream, graph, { x }) => {
    const opsOf = parts.filter((id) => graph.node(id).kind === 'op');
    const names = opsOf.map((id) => graph.node(id).op);
    if (!plainCrossEntropy.every((op, i) => op === names[i]) || names.length > plainCrossEntropy.length + 1)
      return null;
    const [choice, total, negated] = opsOf.slice(plainCrossEntropy.length - 3) as [NodeId, NodeId, NodeId];
    let perSample = upstream;
    if (output !== negated) perSample = pullOf(graph, output, perSample);
    const spread = pullOf(graph, total, perSample);
    const mask = valueOf(graph, graph.node(choice).inputs[0]!);
    const dim = dimensionOfSum({ ...composite, parts, output }, graph);
    const softmax = called('softmax', [x], softmaxOf(x, dim));
    return apply('mul', [apply('sub', [softmax, called('onehot', [], mask)]), spread]);
  },
};

const plainCrossEntropy = ['max', 'detach', 'sub', 'exp', 'sum', 'log', 'sub', 'where', 'sum', 'neg'];

const softmaxOf = (x: Applied, dim: number): Applied =>
  apply('exp', [apply('sub', [x, apply('logsumexp', [x], { dim: [dim], keepdim: true })])]);

const pullOf = (graph: PassGraph, id: NodeId, upstream: Applied): Applied => {
  const { op, attributes, inputs } = graph.node(id);
  const values = inputs.map((input) => valueOf(graph, input));
  return pull({ op, attributes, inputs: values, output: valueOf(graph, id) }, 0, upstream, appliedAlgebra)!;
};

/** The dimension along which the exponentials are added up. */
function dimensionOfSum({ parts }: Composite, graph: PassGraph): number {
  const { attributes, shape } = graph.node(parts.find((id) => graph.node(id).op === 'sum')!);
  const [dim] = [attributes.dim as number | readonly number[]].flat();
  return dim! < 0 ? dim! + shape.length : dim!;
}

/** The calls of composite ops within a fold whose closed form holds, by their results; the outermost of nested ones. */
export function compositesIn(graph: PassGraph, ops: readonly NodeId[]): ReadonlyMap<NodeId, Composite> {
  const byScope = new Map<ScopeId, NodeId[]>();
  for (const id of ops)
    for (const scope of scopesWithForm(graph, id)) byScope.set(scope, [...(byScope.get(scope) ?? []), id]);
  const found = new Map<NodeId, Composite>();
  const taken = new Set<NodeId>();
  for (const [scope, parts] of [...byScope].sort(([a], [b]) => a - b)) {
    const composite = taken.has(parts[0]!) ? null : compositeOf(graph, graph.trace.scopes[scope]!.name, parts);
    if (!composite) continue;
    found.set(composite.output, composite);
    for (const id of parts) taken.add(id);
  }
  return found;
}

function scopesWithForm(graph: PassGraph, id: NodeId): ScopeId[] {
  const found: ScopeId[] = [];
  for (let at: ScopeId | null = graph.node(id).scope; at !== null; at = graph.trace.scopes[at]!.parent) {
    const { kind, name } = graph.trace.scopes[at]!;
    if (kind === 'composite' && Object.hasOwn(closedForms, name)) found.push(at);
  }
  return found;
}

function compositeOf(graph: PassGraph, name: string, parts: readonly NodeId[]): Composite | null {
  const own = new Set(parts);
  const leaves = (id: NodeId): boolean => graph.consumers(id).some(({ node }) => !own.has(node));
  const outputs = parts.filter((id) => leaves(id) || graph.consumers(id).length === 0);
  const inputs = new Set(
    parts.flatMap((id) => graph.node(id).inputs.filter((input) => !own.has(input) && graph.node(input).requiresGrad)),
  );
  if (outputs.length !== 1 || inputs.size !== 1) return null;
  const [[output], [input]] = [outputs as [NodeId], [...inputs] as [NodeId]];
  const composite = { name, parts, output, input };
  const values = { x: valueOf(graph, input), y: valueOf(graph, output) };
  return closedForms[name]!(composite, gradientOf(graph, output), graph, values) && composite;
}

/** A composite's result as a formula: its name and its argument; what it means is what its parts do. */
export function compositeValue(
  { name, output, input }: Composite,
  meaning: (id: NodeId) => Applied,
  graph: PassGraph,
): Applied {
  const { op, attributes, inputs } = graph.node(output);
  return called(name, [meaning(input)], appliedAlgebra.apply(op as OpName, inputs.map(meaning), attributes));
}
