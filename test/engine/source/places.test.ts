import assert from 'node:assert/strict';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { LineTable, type Offset, type Span } from '../../../engine/base/span.ts';
import { instrument } from '../../../engine/source/index.ts';

const text = `const h = input(X)
  .matmul(W1).add(b1);
if (h.sum().item() > 1) {
  // nothing here
  throw new Error('too large');
}
const f = ({ a }) => a.b.c + undefinedName;
`;
const { value } = instrument('places.ts' as ModulePath, text, 0);
const slice = ({ start, end }: Span): string => text.slice(start, end);

describe('places of the generated code', () => {
  it('lead back to the original, each kept character to itself', () => {
    for (const word of ['const h', 'input', 'matmul', 'b1', 'sum', '// nothing', "'too large'", 'undefinedName']) {
      assert.equal(value.toOriginal(value.code.indexOf(word)), text.indexOf(word), word);
    }
  });

  it('never lead backwards nor out of the text', () => {
    let before = 0;
    for (let at = 0; at <= value.code.length; at++) {
      const original = value.toOriginal(at);
      assert.ok(before <= original && original <= text.length);
      before = original;
    }
    assert.equal(before, text.length);
  });
});

describe('the expression round a place', () => {
  const enclosing = (word: string): string => slice(value.enclosing(text.indexOf(word) as Offset));

  it('is the innermost call', () => {
    assert.equal(enclosing('X'), 'input(X)');
    assert.equal(enclosing('matmul'), 'input(X)\n  .matmul(W1)');
    assert.equal(enclosing('add'), 'input(X)\n  .matmul(W1).add(b1)');
    assert.equal(enclosing('sum'), 'h.sum()');
  });

  it('is the statement, header or arrow body where there is no call', () => {
    assert.equal(enclosing('> 1'), 'h.sum().item() > 1');
    assert.equal(enclosing('throw'), "throw new Error('too large');");
    assert.equal(enclosing('undefinedName'), 'a.b.c + undefinedName');
  });

  it('is the line elsewhere', () => {
    assert.equal(enclosing('// nothing'), '// nothing here');
  });

  it('is found from a position of the generated code, a few columns off as well', () => {
    const lines = new LineTable(value.code);
    const at = lines.positionAt(value.code.indexOf('add(b1)') as Offset);
    for (const off of [-1, 0, 2])
      assert.equal(slice(value.enclosingAt({ ...at, column: at.column + off })), 'input(X)\n  .matmul(W1).add(b1)');
    assert.equal(slice(value.enclosingAt({ line: 5, column: 1 })), "throw new Error('too large');");
    assert.equal(slice(value.enclosingAt({ line: 99, column: 99 })), '');
  });
});
