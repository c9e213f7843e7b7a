import type { HealthLine } from '../../engine/explain/view.ts';

/** What is worth knowing of the health of a gradient: on the card, and beside the chain rule. */
export function Health({ lines }: { readonly lines: readonly HealthLine[] }) {
  return (
    <>
      {lines.map(({ severity, text }) => (
        <p key={text} class={`health-line ${severity ?? ''}`}>
          {severity !== null && <span aria-hidden="true">⚠ </span>}
          {text}
        </p>
      ))}
    </>
  );
}
