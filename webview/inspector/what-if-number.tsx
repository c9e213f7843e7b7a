import { useRef, useState } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import type { NodeView } from '../../engine/explain/view.ts';
import { dragged, stepped, written } from './drag.ts';
import { heldBy, leave, textHas, whatIf, wish } from './what-if-state.ts';

/** The number of a leaf: dragged like a slider, moved by the arrow keys, or typed. The run follows at once. */
export function WhatIfNumber({
  node,
  element,
  name,
}: {
  readonly node: NodeView;
  readonly element: number;
  readonly name: string;
}) {
  const held = heldBy(node, element);
  /** What is being typed, until it is done. */
  const [draft, setDraft] = useState<string | null>(null);
  const drag = useRef<{ readonly x: number; readonly from: number; moved: boolean } | null>(null);
  const change = (to: number): void => wish(node, element, to);
  const typed = draft === null ? held : Number(draft.trim().replace('−', '-'));
  const isWrong = draft !== null && (draft.trim() === '' || !Number.isFinite(typed));

  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (by !== undefined) {
      setDraft(null);
      change(stepped(held, by * (event.shiftKey ? 10 : 1)));
    } else if (event.key === 'Enter') setDraft(null);
    else if (event.key === 'Escape') {
      setDraft(null);
      leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      class="what-if-number"
      type="text"
      role="spinbutton"
      inputMode="decimal"
      aria-label={t('{0}: drag, type, or use the arrow keys', name)}
      aria-valuenow={held}
      aria-valuetext={written(held)}
      aria-invalid={isWrong}
      title={t('Drag, type, or use the arrow keys to see what would be')}
      data-testid="what-if-number"
      data-changed={whatIf.value !== null && held !== textHas(node, element)}
      value={draft ?? written(held)}
      onInput={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        const to = Number(text.trim().replace('−', '-'));
        if (text.trim() !== '' && Number.isFinite(to)) change(to);
      }}
      onBlur={() => setDraft(null)}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        drag.current = { x: event.clientX, from: held, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (!start || (!start.moved && Math.abs(event.clientX - start.x) < 3)) return;
        start.moved = true;
        setDraft(null);
        change(dragged(start.from, event.clientX - start.x, event.shiftKey));
      }}
      onPointerUp={(event) => {
        // A click without a drag is there to type.
        if (drag.current?.moved === false) event.currentTarget.select();
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
    />
  );
}
