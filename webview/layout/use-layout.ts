import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { Direction, Drawable, Layout } from '../../engine/picture/layout.ts';
import type { Layouter } from './layouter.ts';

/** The layout of a graph as soon as there is one; null until then, and while there is no graph. */
export function useLayout(
  drawable: ReadonlySignal<Drawable | null>,
  direction: ReadonlySignal<Direction | null>,
  layouter: Layouter,
): ReadonlySignal<Layout | null> {
  const made = useSignal<{ readonly structure: string; readonly layout: Layout } | null>(null);
  useSignalEffect(() => {
    const current = drawable.value;
    const way = direction.value;
    if (!current || !way) return;
    const { structure } = current;
    const known = layouter.known(current, way);
    if (known) {
      if (made.peek()?.layout !== known) made.value = { structure, layout: known };
      return;
    }
    void layouter.layOut(current, way).then((layout) => {
      if (drawable.peek()?.structure === structure) made.value = { structure, layout };
    });
  });
  return useComputed(() =>
    made.value && made.value.structure === drawable.value?.structure ? made.value.layout : null,
  );
}
