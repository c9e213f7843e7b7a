import type { PassDraft } from './pass-draft.ts';

const keptBackwardPasses = 50;
/** Bytes of large gradients that passes keep before their statistics are worked out. */
const keptBytes = 64 * 2 ** 20;

/** The passes that a trace tells of. A program that trains makes thousands: the newest tell what there is to tell. */
export class KeptPasses {
  readonly all: PassDraft[] = [];
  /** Passes that were let go. */
  readonly dropped: Pick<PassDraft, 'earlier' | 'first' | 'end'>[] = [];
  #droppedFirst = false;
  readonly #bytes = new Map<PassDraft, number>();

  add(pass: PassDraft): void {
    this.#dropOld(pass);
    this.all.push(pass);
    this.#settle(pass);
  }

  #dropOld({ named: { kind } }: PassDraft): void {
    const isOfKind = ({ named }: PassDraft): boolean => named.kind === kind;
    if (kind !== 'backward' || this.all.filter(isOfKind).length < keptBackwardPasses) return;
    const pass = this.all.splice(this.all.findIndex(isOfKind), 1)[0]!;
    this.#bytes.delete(pass);
    const { earlier, first, end } = pass;
    // What the program made before it began to train counts as the first pass's, and is not let go.
    if (this.#droppedFirst) this.dropped.push({ earlier, first, end });
    this.#droppedFirst = true;
  }

  /** The oldest passes let go of what is large, so that the gradients of many passes do not fill the memory. */
  #settle(newest: PassDraft): void {
    const { bytes } = newest;
    if (bytes > 0) this.#bytes.set(newest, bytes);
    let total = [...this.#bytes.values()].reduce((sum, of) => sum + of, 0);
    for (const [pass, of] of this.#bytes) {
      if (total <= keptBytes) return;
      pass.settle();
      this.#bytes.delete(pass);
      total -= of;
    }
  }
}
