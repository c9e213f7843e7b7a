import type { NodeId } from '../../base/brand.ts';
import type { Chains } from '../chain.ts';
import { Subjects } from './subjects.ts';
import { type Key, type Matching, match } from './match.ts';

/** What is another of a node that both passes have. Numbers are not in it. */
export const aspects = ['name', 'op', 'inputs', 'shape', 'dtype', 'attributes'] as const;
export type Aspect = (typeof aspects)[number];

export interface Pair {
  readonly before: NodeId;
  readonly after: NodeId;
  readonly changed: readonly Aspect[];
}

/** How two passes differ, in one granularity. Ids `before` are of one trace, `after` of the other. */
export interface PassDiff {
  /** In order of execution after. */
  readonly pairs: readonly Pair[];
  readonly added: readonly NodeId[];
  readonly gone: readonly NodeId[];
}

/**
 * What was added, what is gone, and what is another between two passes. Nodes are the same by what the author calls them and
 * where; without a name by what they do with what; and last by where they stand in the text.
 */
export function diff(before: Chains, after: Chains): PassDiff {
  const sides = { before: new Subjects(before), after: new Subjects(after) };
  const keys = keysOf(sides);
  const matching = match(sides.before.ids.length, sides.after.ids.length, keys);
  const pairs = matching.before.flatMap((from, to): Pair[] => {
    if (from === null) return [];
    const changed = changes(sides, from, to, matching);
    return [{ before: sides.before.ids[from]!, after: sides.after.ids[to]!, changed }];
  });
  const left = ({ ids }: Subjects, matched: readonly (number | null)[]): NodeId[] =>
    ids.filter((_, place) => matched[place] === null);
  return { pairs, added: left(sides.after, matching.before), gone: left(sides.before, matching.after) };
}

type Sides = Readonly<Record<'before' | 'after', Subjects>>;

function keysOf(sides: Sides): readonly Key[] {
  const named: Key = (place, side) => {
    const of = sides[side];
    const name = of.name(place);
    return name === null ? null : `${name}@${of.scope(place)}`;
  };
  const readsTheSame: Key = (place, side, matching) => {
    const of = sides[side];
    if (of.name(place) !== null) return null;
    const inputs = pairedInputs(of, place, side, matching);
    return inputs === null ? null : `${of.op(place)}(${inputs})@${of.scope(place)}`;
  };
  const doesTheSame: Key = (place, side, matching) => {
    const inputs = pairedInputs(sides[side], place, side, matching);
    return inputs === null || inputs === '' ? null : `${sides[side].op(place)}(${inputs})`;
  };
  const unnamed = (key: (of: Subjects, place: number) => string): Key => {
    return (place, side) => (sides[side].name(place) === null ? key(sides[side], place) : null);
  };
  return [
    (place, side) => (sides[side].isLoss(place) ? 'loss' : null),
    named,
    (place, side) => sides[side].name(place),
    // Each turn knows the pairs of the one before: what reads what has just been matched is found in the next.
    readsTheSame,
    readsTheSame,
    readsTheSame,
    unnamed((of, place) => `${of.op(place)}:${of.shape(place)}@${of.scope(place)}`),
    unnamed((of, place) => `${of.op(place)}@${of.scope(place)}`),
    // Another name for the same thing: what does the same with the same, or stands in the same line.
    doesTheSame,
    (place, side) => {
      const at = sides[side].line(place);
      return at === null ? null : `${sides[side].op(place)}:${sides[side].shape(place)}@${at}`;
    },
    doesTheSame,
    doesTheSame,
  ];
}

/** What a node reads, by the places that its inputs have before; null while one of them has no counterpart. */
function pairedInputs(of: Subjects, place: number, side: 'before' | 'after', matching: Matching): string | null {
  const inputs = of
    .inputs(place)
    .map((input) => (side === 'before' ? (matching.after[input] === null ? null : input) : matching.before[input]));
  return inputs.some((input) => input === null) ? null : inputs.join(',');
}

function changes({ before, after }: Sides, from: number, to: number, matching: Matching): Aspect[] {
  const inputsBefore = before.inputs(from).map((input) => matching.after[input] ?? 'gone');
  const same: Readonly<Record<Aspect, boolean>> = {
    name: before.name(from) === after.name(to),
    op: before.op(from) === after.op(to),
    inputs: inputsBefore.join(',') === after.inputs(to).join(','),
    shape: before.shape(from) === after.shape(to),
    dtype: before.dtype(from) === after.dtype(to),
    // Another op has settings of its own.
    attributes: before.op(from) !== after.op(to) || before.attributes(from) === after.attributes(to),
  };
  return aspects.filter((aspect) => !same[aspect]);
}
