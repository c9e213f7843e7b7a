import type { DebugProtocol } from '@vscode/debugprotocol';
import { t } from '../../base/l10n.ts';
import { RequestError } from '../arguments.ts';
import type { Understood } from '../connection.ts';
import type { Children, Entry } from './entry.ts';

/** Numbers under which a client asks for what an entry opens into. They hold until the next step. */
export class Handles {
  readonly #children = new Map<number, () => Children>();
  readonly #made = new Map<number, Children>();
  /** Where the client may read bytes, as it was told since the last step. */
  readonly memories = new Set<string>();
  /** Never used twice in a session: a client that asks with an old number is told so, and not something else. */
  #last = 0;

  constructor(readonly understands: Pick<Understood, 'memoryReferences' | 'variableType'>) {}

  forget(): void {
    this.#children.clear();
    this.#made.clear();
    this.memories.clear();
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

  /** As the client understands it. */
  variable({ name, value, type, expression, memory, hint, children }: Entry): DebugProtocol.Variable {
    if (memory !== undefined) this.memories.add(memory);
    return {
      name,
      value,
      ...(type !== undefined && this.understands.variableType && { type }),
      ...(expression !== undefined && { evaluateName: expression }),
      ...(memory !== undefined && this.understands.memoryReferences && { memoryReference: memory }),
      ...(hint !== undefined && { presentationHint: hint }),
      variablesReference: children ? this.give(() => children) : 0,
      ...(children && { namedVariables: children.named, indexedVariables: children.indexed }),
    };
  }
}
