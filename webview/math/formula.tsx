import { useLayoutEffect, useRef } from 'preact/hooks';
import temml from 'temml';
import './math.css';

interface Props {
  readonly latex: string;
  /** With room above and below, as a line of its own. */
  readonly display?: boolean;
}

/**
 * A formula set as MathML, which the browser draws itself and screen readers read. What is wider than its place scrolls.
 * It is built node by node: a name in it is text whatever it holds.
 */
export function Formula({ latex, display = false }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => set(place.current!, latex, display), [latex, display]);
  return <span class={display ? 'formula display' : 'formula'} ref={place} />;
}

function set(place: HTMLElement, latex: string, display: boolean): void {
  // Fractions keep their size in a line too: what stands in them is what is read here.
  const text = display ? latex : `\\displaystyle ${latex}`;
  const options = { displayMode: display, throwOnError: true, trust: false, maxExpand: 1000 };
  // A mark over a letter that temml does not know is left out; and better the source of a formula than none.
  for (const attempt of [text, text.normalize('NFD').replace(/\p{M}/gu, '')]) {
    try {
      temml.render(attempt, place, options);
      return;
    } catch {
      place.textContent = latex;
    }
  }
}
