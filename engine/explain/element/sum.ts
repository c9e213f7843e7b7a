import type { Expression } from '../../expression/expression.ts';
import { call, symbol } from '../../expression/expression.ts';
import { evaluateNumber } from '../../expression/evaluate.ts';
import { gradientOf } from '../../replay/applied.ts';
import type { ElementLeaf } from '../../replay/element-formula.ts';
import { type Shape, stridesOf } from '../../tensor/shape.ts';
import { batchSize } from '../tensors/batch.ts';
import { placeText } from '../tensors/matrix-view.ts';
import type { ElementFormulas } from './formula.ts';
import type { ElementTerms } from './mode.ts';

/** Letters for what runs; b for the batch. */
const letters = ['i', 'j', 'k', 'l', 'm', 'n'];
/** A sum over more than this is not evaluated to see whether it is the right one. */
const mostSummed = 100_000;

/** A place of a formula in which an index runs: the same in all terms, or a letter. */
type Slot = { readonly of: ElementLeaf['of']; readonly index: readonly (number | string)[] };

/**
 * The terms of an element as one sum, `Σ_b x[b,2]·∂L/∂z[b,0]`: what a matrix product or a broadcast hides. Found by laying the
 * terms over each other; null where they are not alike, and where the sum, evaluated with this run's numbers over all that its
 * letters run through, is not the gradient.
 */
export function sumText(formulas: ElementFormulas, { listed, sum }: ElementTerms): string | null {
  const [first] = listed;
  if (!first || listed.length < 2 || listed.some(({ to }) => to.node !== first.to.node)) return null;
  const terms = listed.map((term) => {
    const local = formulas.local(term);
    return local && whole(formulas, local, term.to.place, first.to.node);
  });
  if (terms.includes(null)) return null;
  const names = new Map<string, string>();
  const slots = new Map<string, Slot>();
  const batch = batchSize(formulas.mode.view.graph);
  const template = layOver(terms as Term[], { names, slots, batch });
  if (!template || names.size === 0 || !holds(formulas, template, slots, new Set(names.values()), sum)) return null;
  const texts = new Map([...slots].map(([key, { of, index }]) => [key, formulas.indexed(of, index.join(','))]));
  const printed = formulas.printed(template, texts);
  return `Σ_${[...names.values()].join(',')} ${isSum(template) ? `(${printed})` : printed}`;
}

interface Term {
  readonly expression: Expression;
  readonly leaves: ReadonlyMap<string, ElementLeaf>;
}

/** The local derivative times the gradient that arrives; the loss' own is 1. */
function whole(formulas: ElementFormulas, { expression, leaves }: Term, place: number, through: number): Term {
  const { graph } = formulas.mode.view;
  const node = graph.nodes.find((id) => (id as number) === through)!;
  if (node === graph.pass.loss) return { expression, leaves };
  const key = `∂${node}:${place}`;
  const value = formulas.mode.gradientOf({ node, place }) ?? NaN;
  const gradient = symbol(key);
  const one = expression.kind === 'number' && expression.value === 1;
  return {
    expression: one ? gradient : call('mul', expression, gradient),
    leaves: new Map(leaves).set(key, { of: gradientOf(graph, node) as ElementLeaf['of'], place, value }),
  };
}

interface Found {
  /** Letters, by the indices that they take from term to term. */
  readonly names: Map<string, string>;
  readonly slots: Map<string, Slot>;
  /** The size of a dimension 0 that is called b. */
  readonly batch: number | null;
}

/** One formula for several that differ in indices alone. */
function layOver(terms: readonly Term[], found: Found): Expression | null {
  const { names, slots, batch } = found;
  const [{ expression: first }] = terms as [Term];
  const same = terms.every(({ expression: x }) => x.kind === first.kind);
  if (!same) return null;
  if (first.kind === 'number')
    return terms.every(({ expression: x }) => (x as typeof first).value === first.value) ? first : null;
  if (first.kind === 'call') {
    const alike = terms.every(
      ({ expression: x }) => x.kind === 'call' && x.fn === first.fn && x.args.length === first.args.length,
    );
    if (!alike) return null;
    const args = first.args.map((_, i) =>
      layOver(
        terms.map(({ expression, leaves }) => ({ expression: (expression as typeof first).args[i]!, leaves })),
        found,
      ),
    );
    return args.includes(null) ? null : { ...first, args: args as Expression[] };
  }
  const leaves = terms.map(({ expression, leaves: own }) =>
    expression.kind === 'symbol' ? own.get(expression.name) : undefined,
  );
  const [{ of } = { of: null }] = leaves as [ElementLeaf?];
  if (!of || leaves.some((leaf) => !leaf || keyOf(leaf.of) !== keyOf(of))) return null;
  const indices = (leaves as ElementLeaf[]).map(({ place, of: { shape } }) =>
    placeText(place, shape).split(',').filter(Boolean),
  );
  const index = indices[0]!.map((value, d) => {
    const values = indices.map((one) => one[d]!);
    if (values.every((one) => one === value)) return Number(value);
    const key = values.join();
    if (!names.has(key))
      names.set(key, d === 0 && of.shape.length > 1 && of.shape[0] === batch && !used(names, 'b') ? 'b' : free(names));
    return names.get(key)!;
  });
  const name = `slot ${slots.size}`;
  slots.set(name, { of, index });
  return symbol(name);
}

const keyOf = (of: ElementLeaf['of']): string => (of.kind === 'called' ? of.name : `${of.kind} ${of.node}`);
const used = (names: ReadonlyMap<string, string>, letter: string): boolean => [...names.values()].includes(letter);
const free = (names: ReadonlyMap<string, string>): string => letters.find((letter) => !used(names, letter)) ?? '?';
const isSum = (x: Expression): boolean => x.kind === 'call' && (x.fn === 'add' || x.fn === 'sub' || x.fn === 'neg');

/** Whether a sum over everything that its letters run through is what the terms add up to. */
function holds(
  formulas: ElementFormulas,
  template: Expression,
  slots: ReadonlyMap<string, Slot>,
  running: ReadonlySet<string>,
  expected: number,
): boolean {
  const ranges = new Map<string, number>();
  for (const { of, index } of slots.values())
    for (const [d, letter] of index.entries()) {
      if (typeof letter === 'number') continue;
      const size = of.shape[d]!;
      if ((ranges.get(letter) ?? size) !== size) return false;
      ranges.set(letter, size);
    }
  const all = [...running].map((letter) => ranges.get(letter)!);
  const count = all.reduce((product, size) => product * size, 1);
  if (count > mostSummed) return false;
  let [sum, magnitude] = [0, 0];
  const at = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    let rest = n;
    for (const [k, letter] of [...running].entries()) {
      at.set(letter, rest % all[k]!);
      rest = Math.floor(rest / all[k]!);
    }
    const value = evaluateNumber(template, (leaf) =>
      leaf.kind === 'symbol' ? valueAt(formulas, slots.get(leaf.name)!, at) : NaN,
    );
    sum += value;
    magnitude += Math.abs(value);
  }
  return Math.abs(sum - expected) <= 1e-5 * magnitude;
}

function valueAt({ mode }: ElementFormulas, { of, index }: Slot, at: ReadonlyMap<string, number>): number {
  const shape: Shape = of.shape;
  const strides = stridesOf(shape);
  const place = index.reduce<number>(
    (total, i, d) => total + (typeof i === 'number' ? i : at.get(i)!) * strides[d]!,
    0,
  );
  if (of.kind === 'value') return mode.valueOf({ node: of.node, place });
  return of.kind === 'gradient' ? (mode.gradientOf({ node: of.node, place }) ?? NaN) : NaN;
}
