import type { Content } from '../../engine/trace/format.ts';
import type { Shape } from '../../engine/tensor/shape.ts';

/** What one way of running a program made of one node. */
export interface RanNode {
  readonly shape: Shape;
  readonly dtype: string;
  readonly value: Content;
  readonly gradient: Content | null;
}

/** By node, or in words why there are none. */
export type Ran = readonly RanNode[] | string;

/** A way of running programs. */
export interface Way {
  readonly name: 'node' | 'sandbox';
  /** @param file path of the program, a module in `folder`. */
  run(file: string, nodes: number): Promise<Ran>;
  dispose(): void;
}
