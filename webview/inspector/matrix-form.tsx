import type { MatrixEquation } from '../../engine/explain/tensors/view.ts';
import { Formula } from '../math/formula.tsx';
import './matrix-form.css';

/** A term of a tensor's gradient as the product that reverse mode computes, and the shapes under it. */
export const MatrixForm = ({ left, formula, latex, shapes, notes }: MatrixEquation) => (
  <div class="matrix-form" data-testid="matrix-form">
    {latex === null ? (
      <p>
        {left} = {formula}
      </p>
    ) : (
      <Formula latex={latex} display />
    )}
    <p class="shapes">{shapes}</p>
    {notes.map((note) => (
      <p key={note} class="note">
        {note}
      </p>
    ))}
  </div>
);
