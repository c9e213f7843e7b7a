import { t } from '../../base/l10n.ts';
import { RunStopped } from './limits.ts';

/** Contents of leaves that the guest has handed over, each until the record of its leaf is read. */
export class Contents {
  readonly #contents = new Map<number, Float64Array>();
  #count = 0;
  #bytes = 0;

  constructor(readonly limits: { readonly tensorBytes: number }) {}

  /** The number of a content. @throws RunStopped where it, with all that nobody has taken yet, is more than tensors may be */
  add(bytes: ArrayBuffer): number {
    this.#bytes += bytes.byteLength;
    if (this.#bytes > this.limits.tensorBytes || bytes.byteLength % 8 !== 0)
      throw new RunStopped('too-large', t('A tensor is over the limit of memory.'));
    this.#contents.set(this.#count, new Float64Array(bytes));
    return this.#count++;
  }

  /** It is the leaf's from now on. @throws RunStopped for a number that is no content, or was one */
  take(number: number): Float64Array {
    const content = this.#contents.get(number);
    if (!content) throw new RunStopped('internal', 'A leaf has no content.');
    this.#contents.delete(number);
    this.#bytes -= content.byteLength;
    return content;
  }
}
