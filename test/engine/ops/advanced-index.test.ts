import assert from 'node:assert/strict';
import { type IndexEntry, type Tensor, grad, tensor, zeros } from '../../../engine/library.ts';

const counted = (...shape: number[]): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
    { dtype: 'float64' },
  ).reshape(shape);

const [x, y, z] = [counted(3, 4), counted(2, 3, 4), counted(2, 3, 4, 5)];
const mask = tensor(
  [
    [true, false, true],
    [false, true, false],
  ],
  { dtype: 'bool' },
);

/** What NumPy 2.4 says. */
const cases: readonly (readonly [name: string, of: Tensor, entries: readonly IndexEntry[], expected: unknown])[] = [
  [
    'rows',
    x,
    [[0, -1]],
    [
      [0, 1, 2, 3],
      [8, 9, 10, 11],
    ],
  ],
  [
    'columns',
    x,
    [null, [1, 3]],
    [
      [1, 3],
      [5, 7],
      [9, 11],
    ],
  ],
  [
    'pairs',
    x,
    [
      [0, 1],
      [1, 2],
    ],
    [1, 6],
  ],
  [
    'an index of two dimensions, broadcast',
    x,
    [
      [[0], [2]],
      [1, 3],
    ],
    [
      [1, 3],
      [9, 11],
    ],
  ],
  ['a mask of elements', x, [x.greater(8)], [9, 10, 11]],
  [
    'a mask of rows, as an array',
    x,
    [[true, false, true]],
    [
      [0, 1, 2, 3],
      [8, 9, 10, 11],
    ],
  ],
  [
    'a mask beside an index',
    x,
    [
      [true, false, true],
      [1, 3],
    ],
    [1, 11],
  ],
  ['nothing', x, [null], x.toArray()],
  ['an empty index', x, [[]], []],
  [
    'with a null between: in front',
    y,
    [[0, 1], null, [1, 2]],
    [
      [1, 5, 9],
      [14, 18, 22],
    ],
  ],
  [
    'side by side: in their place',
    y,
    [null, [0, 2], [1, 3]],
    [
      [1, 11],
      [13, 23],
    ],
  ],
  [
    'a mask for two dimensions',
    y,
    [mask],
    [
      [0, 1, 2, 3],
      [8, 9, 10, 11],
      [16, 17, 18, 19],
    ],
  ],
  ['a mask for two dimensions and an index', y, [mask, [0, 1, 2]], [0, 9, 18]],
  [
    'a number',
    y,
    [null, null, 2],
    [
      [2, 6, 10],
      [14, 18, 22],
    ],
  ],
  [
    'a number with a null between',
    y,
    [1, null, [0, 3]],
    [
      [12, 16, 20],
      [15, 19, 23],
    ],
  ],
  [
    'not the first dimensions, with a null between',
    z,
    [null, [0, 2], null, [1, 4]],
    [
      [
        [1, 6, 11, 16],
        [61, 66, 71, 76],
      ],
      [
        [44, 49, 54, 59],
        [104, 109, 114, 119],
      ],
    ],
  ],
  [
    'an index of two dimensions in the middle',
    counted(2, 3, 2),
    [
      null,
      [
        [0, 1],
        [2, 2],
      ],
    ],
    [
      [
        [
          [0, 1],
          [2, 3],
        ],
        [
          [4, 5],
          [4, 5],
        ],
      ],
      [
        [
          [6, 7],
          [8, 9],
        ],
        [
          [10, 11],
          [10, 11],
        ],
      ],
    ],
  ],
];

describe('index', () => {
  for (const [name, of, entries, expected] of cases)
    it(name, () => assert.deepEqual(of.index(entries).toArray(), expected));

  it('sends gradients to what was chosen, as often as it was', () => {
    const gradient = grad((t) =>
      t
        .index([
          [0, 0, 1],
          [1, 1, 2],
        ])
        .sum(),
    )(zeros([2, 3]));
    assert.deepEqual(gradient.toArray(), [
      [0, 2, 0],
      [0, 0, 1],
    ]);
  });

  it('says what does not fit', () => {
    assert.throws(() => x.index([[0], [0], [0]]), /index: there are more entries than the 2 dimensions of \[3, 4\]/);
    assert.throws(() => x.index([mask]), /index: a mask of shape \[2, 3\] does not fit dimensions of shape \[3, 4\]/);
    assert.throws(
      () =>
        x.index([
          [0, 1],
          [0, 1, 2],
        ]),
      /index: shapes \[2\] and \[3\] do not broadcast/,
    );
    assert.throws(() => x.index([[0.5]]), /index: index 0\.5 is no whole number/);
  });
});
