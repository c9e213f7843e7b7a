import type { NodeId } from '../base/brand.ts';
import type { Block } from '../autograd/block.ts';
import type { Recording } from './recording.ts';

/** The gradients of the run; those that the trace left out, computed anew all at once when the first of them is asked for. */
export class GradientsOfRun {
  #anew: ReadonlyMap<NodeId, Block> | null = null;

  constructor(readonly recording: Recording) {}

  /** Null where there is none: null is not zero. */
  of(node: NodeId): Block | null {
    const { graph } = this.recording;
    const content = graph.pass.gradients.get(node);
    if (!content) return null;
    const { shape, dtype } = graph.node(node);
    if (content.data) return { data: content.data, shape, dtype };
    this.#anew ??= this.recording.gradients(graph.pass.loss);
    return this.#anew.get(node) ?? null;
  }
}
