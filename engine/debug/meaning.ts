import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { Block } from '../autograd/block.ts';
import type { Meaning } from './expression/evaluate.ts';
import { called } from './expression/functions.ts';
import { ExpressionError } from './expression/tokens.ts';
import { type Value, plain } from './expression/value.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Playback } from './playback.ts';

/** Words that stand for the moment at a stop. */
export const momentWords = [
  'op',
  'name',
  'grad',
  'value',
  'contribution',
  'input',
  'phase',
  'position',
  'loss',
] as const;
type Word = (typeof momentWords)[number];

export interface At {
  readonly position: number;
  /** The op that names are looked up from; that of the moment where none is given. */
  readonly node?: NodeId;
  /** A node whose gradient is watched: `grad` is that, and so are `norm`, `mean` … without an argument. */
  readonly watched?: NodeId;
}

const ofWatched = new Set(['norm', 'mean', 'std', 'sum', 'max', 'min']);

/** What names mean at a position of a playback. */
export function meaningAt(playback: Playback, { position, node, watched }: At): Meaning {
  const { replay, graph, naming } = playback;
  const { timeline } = replay;
  const moment = timeline.at(position);
  const here = node ?? moment?.node ?? null;
  const gradient = (id: NodeId): Block | null => replay.gradientAt(position, id);
  // The op that a forward step is about to compute is not there yet: its name still means what it meant before.
  const isDone = moment?.phase !== 'forward' || here !== moment.node;
  const words: Readonly<Record<Word, () => Value>> = {
    op: () => (here === null ? null : graph.node(here).op),
    name: () => (here === null ? null : playback.names.written(here)),
    grad: () => plain(watched !== undefined ? gradient(watched) : here === null ? null : gradient(here)),
    value: () => (here === null ? null : plain(replay.value(watched ?? here))),
    contribution: () => (moment?.phase === 'backward' ? plain(replay.contribution(moment.step)) : null),
    input: () => (moment?.phase === 'backward' ? moment.input : null),
    phase: () => moment?.phase ?? null,
    position: () => position,
    loss: () => ({ node: graph.pass.loss }),
  };
  const word = (name: string): Value | undefined => {
    if (watched !== undefined && ofWatched.has(name)) return called(name, [plain(gradient(watched))], 0);
    return Object.hasOwn(words, name) ? words[name as Word]() : undefined;
  };
  return {
    node: (name) => naming.find(name, here, isDone),
    word,
    value: (id) => replay.valueAt(position, id),
    gradient,
    derivative: (of, by) => {
      if (sizeOf(graph.node(of).shape) !== 1)
        throw new ExpressionError(
          t('Only a single number has a derivative of its own; this has {0} elements.', sizeOf(graph.node(of).shape)),
        );
      return playback.derivative(of, by);
    },
    member: (id, name) => memberOf(playback, position, id, name),
    loss: graph.pass.loss,
    names: () => naming.all(),
  };
}

function memberOf({ replay, graph }: Playback, position: number, id: NodeId, name: string): Value | undefined {
  const { shape, dtype, op } = graph.node(id);
  switch (name) {
    case 'value':
      return plain(replay.valueAt(position, id));
    case 'grad':
      return plain(replay.gradientAt(position, id));
    case 'shape':
      return { data: Int32Array.from(shape), shape: [shape.length], dtype: 'int32' };
    case 'dtype':
      return dtype;
    case 'op':
      return op;
    default:
      return undefined;
  }
}
