import { leftOutOf } from './program.ts';
import { type Outcome, type WayName, passed } from './conform.ts';

const shown = 3;

/** What went wrong with a case, in lines; none when all is well. */
export function failureLines(outcomes: readonly Outcome[]): string[] {
  return outcomes
    .filter((outcome) => !passed(outcome))
    .flatMap(({ case: one, way, comparison, failure }) => {
      const { id, note } = one;
      const all =
        failure === null
          ? (comparison?.differences ?? []).map(({ node, op, what }) => `node ${node} (${op}): ${what}`)
          : [failure];
      const rest = all.length > shown ? [`… and ${all.length - shown} more`] : [];
      return [
        `✘ ${id} [${way}]${note === undefined ? '' : `  ${note}`}`,
        ...[...all.slice(0, shown), ...rest, ...leftOutOf(one)].map((line) => `    ${line}`),
      ];
    });
}

/** Counts cases and keeps the worst error of each way. */
export class Tally {
  passed = 0;
  failed = 0;
  readonly #worst = new Map<WayName, { readonly error: number; readonly where: string }>();

  add(outcomes: readonly Outcome[]): void {
    if (outcomes.every(passed)) this.passed++;
    else this.failed++;
    for (const { case: one, way, comparison } of outcomes) {
      if (!comparison || comparison.worst < (this.#worst.get(way)?.error ?? 0)) continue;
      const { worst: error, worstNode } = comparison;
      this.#worst.set(way, { error, where: `${one.id}, node ${worstNode} (${one.nodes[worstNode]?.op ?? ''})` });
    }
  }

  lines(): string[] {
    const worst = [...this.#worst].map(
      ([way, { error, where }]) => `worst relative error in ${way}: ${error.toExponential(2)} (${where})`,
    );
    return [...worst, `${this.passed} passed, ${this.failed} failed`];
  }
}
