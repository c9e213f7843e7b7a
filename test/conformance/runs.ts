import type { Content } from '../../engine/trace/format.ts';
import type { Shape } from '../../engine/tensor/shape.ts';

/** A tensor that a program made, one way of running it. */
export interface RanNode {
  readonly shape: Shape;
  readonly dtype: string;
  readonly value: Content;
  readonly gradient: Content | null;
}

/** In the order asked for, or in words why there are none. */
export type Ran = readonly RanNode[] | string;

/** A way of running programs. */
export interface Way {
  readonly name: 'node' | 'sandbox';
  /**
   * @param file the program, a module of the folder.
   * @param names of exported tensors.
   */
  run(file: string, names: readonly string[]): Promise<Ran>;
  dispose(): void;
}
