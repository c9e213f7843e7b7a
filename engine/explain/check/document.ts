import { indicesOf } from '../../base/indices.ts';
import { type JsonNumber, jsonNumber } from '../json.ts';
import { conventionOf } from '../../ops/rules.ts';
import type { Comparison } from '../../replay/check-element.ts';
import type { PassView } from '../pass-view.ts';
import { relativeErrorOf, verdictOf, worstOf } from './rows.ts';
import type { Checked } from './steps.ts';
import type { CheckRow } from './view.ts';

/** What `retrograd gradcheck --json` prints. */
export interface CheckDocument {
  readonly model: string;
  readonly passed: boolean;
  readonly nodes: readonly {
    readonly node: string;
    readonly verdict: CheckRow['verdict'];
    /** Why it was skipped. */
    readonly skipped: string | null;
    readonly size: number;
    readonly tried: number;
    readonly relativeError: number | null;
    readonly worst: (ComparisonDocument & { readonly element: readonly number[] }) | null;
    /** Of a sampled tensor: all elements along one direction. */
    readonly direction: ComparisonDocument | null;
    readonly kinks: readonly {
      readonly op: string;
      readonly node: number;
      readonly kind: string;
      readonly convention: string | null;
      readonly line: number | null;
    }[];
  }[];
}

interface ComparisonDocument {
  readonly analytic: JsonNumber;
  readonly numeric: JsonNumber;
  readonly verdict: string;
}

export function checkDocument(view: PassView, { nodes }: Checked): CheckDocument {
  const told = nodes.map((check): CheckDocument['nodes'][number] => {
    const { node, skipped, size, elements, direction, kinks } = check;
    const worst = worstOf(check);
    const { shape } = view.graph.node(node);
    return {
      node: view.names.written(node),
      verdict: verdictOf(check),
      skipped: skipped?.why ?? null,
      size,
      tried: elements.length,
      relativeError: skipped ? null : relativeErrorOf(check),
      worst: worst && { element: indicesOf(shape, worst.element), ...comparison(worst) },
      direction: direction && comparison(direction),
      kinks: kinks.map(({ node: at, kind }) => {
        const { op } = view.graph.node(at);
        return { op, node: at, kind, convention: conventionOf(op), line: view.source(at)?.line ?? null };
      }),
    };
  });
  return { model: view.pass.name, passed: told.every(({ verdict }) => verdict !== 'differs'), nodes: told };
}

const comparison = ({ analytic, numeric, verdict }: Comparison): ComparisonDocument => ({
  analytic: jsonNumber(analytic),
  numeric: jsonNumber(numeric),
  verdict,
});
