import type { NodeId } from '../base/brand.ts';
import { isFloat } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import { type Analytic, type Comparison, compare } from './check-element.ts';
import { type Kink, kinksAlong } from './check-kinks.ts';
import { sampleOf, signs } from './check-sample.ts';
import { type Direction, Slope, stepAt } from './check-slopes.ts';
import { MissingContent, Recording } from './recording.ts';

export interface CheckOptions {
  /** Of a tensor with more elements than this, so many are tried one by one, and all of them along one direction. */
  readonly elements: number;
  readonly seed: number;
}

/** Why a gradient was not checked. */
export type Skipped =
  | { readonly why: 'no gradient' }
  | { readonly why: 'no float'; readonly dtype: string }
  | { readonly why: 'empty' }
  | { readonly why: 'content left out'; readonly leaf: NodeId }
  | { readonly why: 'loss not finite'; readonly loss: number }
  /** The loss computed anew is another one: differences would speak of another function. */
  | { readonly why: 'not reproduced'; readonly loss: number; readonly anew: number };

export interface ElementCheck extends Comparison {
  /** Row-major. */
  readonly element: number;
}

export interface NodeCheck {
  readonly node: NodeId;
  readonly skipped: Skipped | null;
  readonly size: number;
  /** Those that were tried one by one. */
  readonly elements: readonly ElementCheck[];
  /** Of all elements at once, along a direction of −1 and 1; null where all were tried one by one. */
  readonly direction: Comparison | null;
  /** Ops that have no derivative here, each once. */
  readonly kinks: readonly Kink[];
  /** Ops of which the gradient takes no notice on purpose: `detach`, `noGrad`. */
  readonly held: readonly NodeId[];
  /** The op that makes NaN or ±∞ of a finite gradient, where this one is not finite. */
  readonly lostIn: NodeId | null;
  /** Where what the consumers contributed does not add up to the gradient. */
  readonly sum: { readonly element: number; readonly gradient: number; readonly sum: number } | null;
}

/** How many comparisons the check of a node takes. */
export const comparisons = (size: number, elements: number): number => (size <= elements ? size : elements + 1);

/** Compares the gradients of a pass with central differences over its recording, in float64. */
export class GradientCheck {
  readonly #double: Recording;
  readonly #recorded: Recording;
  #again: Gradients | null = null;
  #exact: Gradients | null = null;

  constructor(
    readonly graph: PassGraph,
    readonly options: CheckOptions,
  ) {
    this.#double = new Recording(graph, 'float64');
    this.#recorded = new Recording(graph, 'recorded');
  }

  /** One node, one comparison a step: whoever drives it can tell how far it is, and stop. */
  *node(node: NodeId): Generator<void, NodeCheck> {
    const { graph } = this;
    const { dtype, shape } = graph.node(node);
    const none = { elements: [], direction: null, kinks: [], held: [], lostIn: null, sum: null };
    const nothing = { node, size: sizeOf(shape), ...none };
    if (!isFloat(dtype)) return { ...nothing, skipped: { why: 'no float', dtype } };
    if (!graph.hasGradient(node)) return { ...nothing, skipped: { why: 'no gradient' } };
    if (nothing.size === 0) return { ...nothing, skipped: { why: 'empty' } };
    try {
      const trouble = this.#trouble();
      if (trouble) return { ...nothing, skipped: trouble };
      return yield* this.#compared(new Slope(this.#double, node, graph.pass.loss));
    } catch (error) {
      if (error instanceof MissingContent)
        return { ...nothing, skipped: { why: 'content left out', leaf: error.leaf } };
      throw error;
    }
  }

  *#compared(slope: Slope): Generator<void, NodeCheck> {
    const { node, held } = slope;
    const { elements: limit, seed } = this.options;
    const x = slope.here.data;
    const gradients = this.#gradientsOf(node);
    const kinks = new Map<NodeId, Kink>();
    const compared = (direction: Direction, at: number, gradient: Analytic, spread: number): Comparison => {
      const step = stepAt(at);
      const found = compare(slope, direction, step, gradient, spread);
      if (found.verdict === 'kink')
        for (const kink of kinksAlong(slope, direction, step)) if (!kinks.has(kink.node)) kinks.set(kink.node, kink);
      return found;
    };
    const elements: ElementCheck[] = [];
    for (const element of sampleOf(x.length, limit, seed)) {
      const gradient = eachOf(gradients, (of) => of[element]!);
      elements.push({ ...compared(element, x[element]!, gradient, 1), element });
      yield;
    }
    let direction: Comparison | null = null;
    if (elements.length < x.length) {
      const along = signs(x.length, seed);
      const gradient = eachOf(gradients, (of) => along.reduce((sum, sign, i) => sum + sign * of[i]!, 0));
      direction = compared(along, largest(x), gradient, Math.sqrt(x.length));
      yield;
    }
    const found = [...kinks.values()].sort((a, b) => a.node - b.node);
    const lostIn = elements.some(({ analytic }) => !Number.isFinite(analytic)) ? this.#lostIn(slope) : null;
    const sum = sumOfContributions(this.graph, node);
    return { node, skipped: null, size: x.length, elements, direction, kinks: found, held, lostIn, sum };
  }

  /** Seen from the loss, the first op whose own gradient is finite and that of what it reads is not. */
  #lostIn({ ops }: Slope): NodeId | null {
    const finite = (id: NodeId): boolean => this.#again!.get(id)?.data.every(Number.isFinite) ?? true;
    return [...ops].reverse().find((id) => finite(id) && !this.graph.node(id).inputs.every(finite)) ?? null;
  }

  /** What the run said; where it was too large to be kept, the same again. */
  #gradientsOf(node: NodeId): Each<ArrayLike<number>> {
    const { loss, gradients } = this.graph.pass;
    const again = (this.#again ??= this.#recorded.gradients(loss)).get(node);
    const exact = (this.#exact ??= this.#double.gradients(loss)).get(node);
    const told = gradients.get(node)!.data ?? again?.data ?? [];
    return { told, again: again?.data ?? [], exact: exact?.data ?? [] };
  }

  #trouble(): Skipped | null {
    const { loss } = this.graph.pass;
    const then = this.#recorded.value(loss).data[0]!;
    const told = this.graph.node(loss).value.data?.[0] ?? then;
    const anew = this.#double.value(loss).data[0]!;
    if (!Number.isFinite(told) || !Number.isFinite(anew)) return { why: 'loss not finite', loss: told };
    const apart = Math.abs(anew - told);
    if (apart <= 1e-2 * Math.max(Math.abs(told), Math.abs(anew)) + 1e-5) return null;
    return { why: 'not reproduced', loss: told, anew };
  }
}

function sumOfContributions(graph: PassGraph, node: NodeId): NodeCheck['sum'] {
  const gradient = graph.pass.gradients.get(node)!.data;
  const parts = graph.consumers(node).flatMap(({ node: through, input }) => {
    const part = graph.contribution(through, input);
    return part === undefined ? [] : [part];
  });
  if (!gradient || node === graph.pass.loss) return null;
  for (let i = 0; i < gradient.length; i++) {
    let [sum, magnitude] = [0, 0];
    for (const part of parts) {
      // Too large to be kept: nothing to add up.
      if (part === null) return null;
      sum += part[i]!;
      magnitude += Math.abs(part[i]!);
    }
    if (Math.abs(sum - gradient[i]!) > 1e-4 * magnitude) return { element: i, gradient: gradient[i]!, sum };
  }
  return null;
}

type Gradients = ReturnType<Recording['gradients']>;
type Each<Value> = Readonly<Record<keyof Analytic, Value>>;

const eachOf = (gradients: Each<ArrayLike<number>>, read: (of: ArrayLike<number>) => number): Analytic => ({
  told: read(gradients.told),
  again: read(gradients.again),
  exact: read(gradients.exact),
});

function largest(content: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < content.length; i++) most = Math.max(most, Math.abs(content[i]!));
  return most;
}
