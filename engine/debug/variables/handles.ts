import type { DebugProtocol } from '@vscode/debugprotocol';
import { t } from '../../base/l10n.ts';
import { RequestError } from '../arguments.ts';
import type { Children, Entry } from './entry.ts';

/** Numbers under which a client asks for what an entry opens into. They hold until the next step. */
export class Handles {
  readonly #children = new Map<number, () => Children>();
  readonly #made = new Map<number, Children>();
  /** Never used twice in a session: a client that asks with an old number is told so, and not something else. */
  #last = 0;

  forget(): void {
    this.#children.clear();
    this.#made.clear();
  }

  give(children: () => Children): number {
    this.#children.set(++this.#last, children);
    return this.#last;
  }

  /** @throws RequestError for a number of an earlier stop. */
  of(reference: number): Children {
    const known = this.#made.get(reference);
    if (known) return known;
    const make = this.#children.get(reference);
    if (!make) throw new RequestError(t('These variables are of an earlier step.'));
    const children = make();
    this.#made.set(reference, children);
    return children;
  }

  variable({ name, value, type, expression, memory, hint, children }: Entry): DebugProtocol.Variable {
    return {
      name,
      value,
      ...(type !== undefined && { type }),
      ...(expression !== undefined && { evaluateName: expression }),
      ...(memory !== undefined && { memoryReference: memory }),
      ...(hint !== undefined && { presentationHint: hint }),
      variablesReference: children ? this.give(() => children) : 0,
      ...(children && { namedVariables: children.named, indexedVariables: children.indexed }),
    };
  }
}
