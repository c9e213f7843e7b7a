import { apply } from '../../autograd/apply.ts';
import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { mul, reshape, sum } from '../../autograd/functions/index.ts';
import { Tensor } from '../../autograd/tensor.ts';
import { ArgumentError, ShapeError } from '../../tensor/errors.ts';
import { sameShape } from '../../tensor/shape.ts';
import { composite } from './composite.ts';
import { type Einsum, type Label, readEquation } from './einsum-equation.ts';

/** A tensor whose dimensions have names. */
interface Term {
  readonly tensor: Tensor;
  readonly labels: readonly Label[];
}

/**
 * Einstein's summation: `einsum('bij,bjk->bik', a, b)`. A letter for each dimension; what the result does not name is
 * summed over. Without `->` the result has the letters that occur once, in alphabetical order. `...` stands for
 * dimensions that broadcast; a letter twice in one operand takes the diagonal. Operands are joined from left to right,
 * each pair by one matrix product where it shares a letter that is summed.
 * @throws ShapeError when equation and shapes do not go together.
 */
export const einsum = (equation: string, ...operands: readonly TensorLike[]): Tensor =>
  composite('einsum', () => {
    const first = operands.find((operand) => operand instanceof Tensor);
    if (operands.some((operand) => Array.isArray(operand) && operand.some((one) => (one as unknown) instanceof Tensor)))
      throw new ArgumentError(`einsum: operands stand one after another: einsum('${equation}', a, b).`);
    const tensors = operands.map((operand) => asTensor(operand, first, 'einsum'));
    const read = readEquation(
      equation,
      tensors.map(({ shape }) => shape),
    );
    const terms = tensors.map((tensor, i) => distinct({ tensor, labels: read.operands[i]! }, read.sizes));
    const [start, ...rest] = terms;
    if (!start) throw new ShapeError('einsum: needs at least one tensor.');
    const joined = rest.reduce((a, b, i) => {
      const later = new Set([...read.output, ...rest.slice(i + 1).flatMap(({ labels }) => labels)]);
      return join(
        summed(a, (label) => later.has(label) || b.labels.includes(label)),
        b,
        later,
      );
    }, start);
    const { tensor } = arranged(
      summed(joined, (label) => read.output.includes(label)),
      read.output,
    );
    // The result is a tensor of its own, even where there was nothing to do.
    return tensor === tensors[0] ? reshape(tensor, tensor.shape) : tensor;
  });

/** Diagonals of repeated dimensions; a dimension of size 1 that others have larger goes, since it broadcasts. */
function distinct(term: Term, sizes: Einsum['sizes']): Term {
  const repeated = term.labels.find((label, i) => term.labels.lastIndexOf(label) !== i);
  if (repeated !== undefined) {
    const [p, q] = [term.labels.indexOf(repeated), term.labels.lastIndexOf(repeated)];
    const others = term.labels.flatMap((_, i) => (i === p || i === q ? [] : [i]));
    const tensor = apply('diagonal', [permuted(term.tensor, [...others, p, q])], { offset: 0 });
    return distinct({ tensor, labels: [...others.map((i) => term.labels[i]!), repeated] }, sizes);
  }
  const kept = term.labels.flatMap((label, i) => (term.tensor.shape[i] === sizes.get(label) ? [i] : []));
  if (kept.length === term.labels.length) return term;
  return {
    tensor: reshape(
      term.tensor,
      kept.map((i) => term.tensor.shape[i]!),
    ),
    labels: kept.map((i) => term.labels[i]!),
  };
}

function summed({ tensor, labels }: Term, isKept: (label: Label) => boolean): Term {
  const dims = labels.flatMap((label, i) => (isKept(label) ? [] : [i]));
  return dims.length === 0 ? { tensor, labels } : { tensor: sum(tensor, dims), labels: labels.filter(isKept) };
}

/** The product of two terms, summed over the labels they share and nothing later needs. */
function join(a: Term, second: Term, later: ReadonlySet<Label>): Term {
  const b = summed(second, (label) => later.has(label) || a.labels.includes(label));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => later.has(label));
  const inner = shared.filter((label) => !later.has(label));
  const left = a.labels.filter((label) => !shared.includes(label));
  const right = b.labels.filter((label) => !shared.includes(label));
  const labels = [...batch, ...left, ...right];
  const [p, q] = [a.tensor.shape, b.tensor.shape];
  const size = (label: Label): number => p[a.labels.indexOf(label)] ?? q[b.labels.indexOf(label)]!;
  if (inner.length === 0) {
    const [columns, rows] = [arranged(a, [...batch, ...left]).tensor, arranged(b, [...batch, ...right]).tensor];
    const column = reshaped(columns, [...columns.shape, ...right.map(() => 1)]);
    const row = reshaped(rows, [...batch.map(size), ...left.map(() => 1), ...right.map(size)]);
    return { tensor: mul(column, row), labels };
  }
  const [one, transposeA] = asMatrices(a, batch, left, inner);
  const [other, transposeB] = asMatrices(b, batch, inner, right);
  const product = apply('matmul', [one, other], { transposeA, transposeB });
  return { tensor: reshaped(product, labels.map(size)), labels };
}

/** A term as a batch of matrices with the given rows and columns. Where it has them the other way round, it stays so. */
function asMatrices(
  term: Term,
  batch: readonly Label[],
  rows: readonly Label[],
  columns: readonly Label[],
): [matrices: Tensor, transposed: boolean] {
  const straight = [...batch, ...rows, ...columns];
  const turned = [...batch, ...columns, ...rows];
  const isTurned = term.labels.join() === turned.join() && term.labels.join() !== straight.join();
  const { tensor } = isTurned ? term : arranged(term, straight);
  const [outer, last] = isTurned ? [columns.length, rows.length] : [rows.length, columns.length];
  const area = (from: number, count: number): number =>
    tensor.shape.slice(from, from + count).reduce((product, size) => product * size, 1);
  const at = batch.length;
  return [reshaped(tensor, [...tensor.shape.slice(0, at), area(at, outer), area(at + outer, last)]), isTurned];
}

const arranged = ({ tensor, labels }: Term, order: readonly Label[]): Term => ({
  tensor: permuted(
    tensor,
    order.map((label) => labels.indexOf(label)),
  ),
  labels: order,
});

/** Dimensions in another order, where it is another. */
const permuted = (tensor: Tensor, dims: readonly number[]): Tensor =>
  dims.every((d, i) => d === i) ? tensor : apply('permute', [tensor], { dims });

const reshaped = (tensor: Tensor, shape: readonly number[]): Tensor =>
  sameShape(tensor.shape, shape) ? tensor : reshape(tensor, shape);
