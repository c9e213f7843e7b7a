import assert from 'node:assert/strict';
import type { FixRequest } from '../../../../engine/base/source-fix.ts';
import { type Span, span } from '../../../../engine/base/span.ts';
import { applyEdits, fixEdits } from '../../../../engine/source/fixes/index.ts';

export type Wish = FixRequest extends infer Each ? (Each extends FixRequest ? Omit<Each, 'at'> : never) : never;

export interface Form {
  readonly is: string;
  readonly wish: Wish;
  /** `«»` stand round the call that is blamed. */
  readonly before: string;
  /** Null: no fix. */
  readonly after: string | null;
}

/** A test for each form: the edits lead from one text to the other, or there are none. */
export function repairs(what: string, forms: readonly Form[]): void {
  describe(`repairs of ${what}`, () => {
    for (const { is, wish, before, after } of forms) {
      it(`${wish.kind}: ${is}`, () => {
        const { text, at } = marked(before);
        const edits = fixEdits('model.ts', text, [{ ...wish, at: at[0]! }]);
        assert.equal(edits && applyEdits(text, edits), after);
      });
    }
  });
}

/** The text without its marks, and where they stood. */
export function marked(source: string): { text: string; at: Span[] } {
  let text = '';
  const starts: number[] = [];
  const at: Span[] = [];
  for (const letter of source) {
    if (letter === '«') starts.push(text.length);
    else if (letter === '»') at.push(span(starts.pop()!, text.length));
    else text += letter;
  }
  return { text, at };
}
