import { isMet } from '../tensor/expectation.ts';
import type { Pass, PassExpectation } from '../trace/format.ts';

/** What a pass has to say to something that was expected of a gradient. */
export interface Answer {
  readonly expected: PassExpectation;
  readonly passed: boolean;
  /** Euclidean norm of the gradient; null where it does not exist or an element is not finite. */
  readonly norm: number | null;
  /** Elements that are NaN or infinite. */
  readonly notFinite: number;
  readonly exists: boolean;
}

export const answersOf = ({ expectations = [], gradients }: Pass): Answer[] =>
  expectations.map((expected): Answer => {
    const statistics = gradients.get(expected.node)?.statistics;
    const notFinite = statistics ? statistics.nan + statistics.positiveInfinity + statistics.negativeInfinity : 0;
    const norm = statistics && notFinite === 0 ? statistics.norm : null;
    return { expected, passed: isMet(expected, norm), norm, notFinite, exists: statistics !== undefined };
  });
