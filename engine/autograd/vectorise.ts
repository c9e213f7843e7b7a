import { type VectorProgram, type VectorStep, vectorArity } from '../tensor/kernels/vector.ts';
import type { VectorKernel } from '../tensor/kernels/simd.ts';
import type { Expression } from '../expression/expression.ts';

/**
 * A formula as a program of vector kernels over operands in the order of `names`.
 * @returns null for a formula with a function that no kernel computes.
 */
export function vectorise(expression: Expression, names: readonly string[]): VectorProgram | null {
  const constants: number[] = [];
  const steps: VectorStep[] = [];
  const counted = constantsOf(expression);
  const first = names.length + counted;
  const free: number[] = [];
  let blocks = first;

  const visit = (x: Expression): number | null => {
    if (x.kind === 'number') return names.length + constants.push(x.value) - 1;
    if (x.kind === 'symbol') {
      const place = names.indexOf(x.name);
      return place < 0 ? null : place;
    }
    if (x.kind !== 'call' || vectorArity(x.fn) !== x.args.length) return null;
    const from: number[] = [];
    for (const argument of x.args) {
      const block = visit(argument);
      if (block === null) return null;
      from.push(block);
    }
    // A kernel may write where it read: blocks of what was needed on the way only are used again.
    free.push(...new Set(from.filter((block) => block >= first)));
    const out = free.pop() ?? blocks++;
    steps.push({ kernel: x.fn as VectorKernel, out, from });
    return out;
  };

  const result = visit(expression);
  return result === null ? null : { constants, steps, blocks, result };
}

const constantsOf = (x: Expression): number =>
  x.kind === 'number'
    ? 1
    : x.kind === 'call'
      ? x.args.reduce((total, argument) => total + constantsOf(argument), 0)
      : 0;
