import type { NodeId, SiteId } from '../../base/brand.ts';
import { type Block, Holding } from '../../autograd/block.ts';
import type { TapeNode, TapePass } from '../../autograd/tape-node.ts';
import type { Expectation } from '../../tensor/expectation.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { type Content, type OptimizerStep, type Pass, maxElements } from '../../trace/format.ts';
import { contentOf } from './content.ts';
import { WholeNumbers } from './whole-numbers.ts';

/** A gradient as the pass left it, or, where that would take too much memory, as the trace will have it. */
export type Reading = Block | Content;

/** What every vector–Jacobian product of a pass added, in columns. */
export class Contributions {
  readonly nodes: TapeNode[] = [];
  readonly inputs = new WholeNumbers();
  readonly values: Reading[] = [];

  add(node: TapeNode, input: number, contribution: Block): void {
    this.nodes.push(node);
    this.inputs.push(input);
    this.values.push(contribution);
  }
}

/** What is expected of the gradient of a tensor, and where that is said. */
export interface Expected {
  readonly tensor: TapeNode;
  readonly expectation: Expectation;
  readonly site: SiteId | null;
}

/** A pass as it is kept until the trace is written. */
export class PassDraft {
  /** What is expected of its gradients. */
  readonly expectations: Expected[] = [];
  readonly #nodes: readonly TapeNode[];
  readonly #gradients: (Reading | undefined)[];

  constructor(
    readonly named: Pick<Pass, 'name' | 'kind' | 'site' | 'loss'>,
    /** What the loss depends on and was made before the pass began, ascending. */
    readonly earlier: readonly NodeId[],
    /** The pass's own nodes: from the first to before the end. */
    readonly first: number,
    readonly end: number,
    { nodes, gradients }: Pick<TapePass, 'nodes' | 'gradients'>,
    readonly contributions: Contributions,
    readonly step: OptimizerStep | null,
  ) {
    this.#nodes = nodes;
    this.#gradients = gradients;
  }

  eachGradient(visit: (tensor: TapeNode, gradient: Reading) => void): void {
    for (let i = 0; i < this.#nodes.length; i++) {
      const gradient = this.#gradients[i];
      if (gradient !== undefined) visit(this.#nodes[i]!, gradient);
    }
  }

  /** Bytes of tensors that the trace will have statistics of and no content. */
  get bytes(): number {
    const large = new Set<Block['data']>();
    for (const list of [this.#gradients, this.contributions.values])
      for (const reading of list) if (reading !== undefined && isLarge(reading)) large.add(reading.data);
    return [...large].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Lets those go. */
  settle(): void {
    for (const list of [this.#gradients, this.contributions.values])
      list.forEach((reading, i) => {
        if (reading !== undefined && isLarge(reading)) list[i] = contentOf(reading.data);
      });
  }
}

/** Most are single numbers, and told first. */
const isLarge = (reading: Reading): reading is Block =>
  !(reading instanceof Holding && reading.shape.length === 0) &&
  !('statistics' in reading) &&
  sizeOf(reading.shape) > maxElements;
