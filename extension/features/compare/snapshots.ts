import { t } from '../../../engine/base/l10n.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { TraceFormatError, parseTrace, writeTrace } from '../../../engine/trace/json.ts';
import type { Memory } from '../../live/permission.ts';

/** A run that was kept under a name. */
export interface Snapshot {
  readonly id: number;
  readonly name: string;
  /** The file of the model, and when it was kept (milliseconds since 1970). */
  readonly file: string;
  readonly kept: number;
  /** Bytes of its file. */
  readonly size: number;
}

/** Where their contents are: files of the workspace's storage. */
export interface Shelf {
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
  remove(name: string): Promise<void>;
}

/** They are the user's until the user deletes them; so there is an end to how many and how large. */
export const bounds = { count: 20, bytes: 64 * 2 ** 20 } as const;
const key = 'retrograd.snapshots';

/** Said to the user as it is. */
export class NotKept extends Error {
  override readonly name = 'NotKept';
}

export class Snapshots {
  readonly #memory: Memory;
  readonly #shelf: Shelf;

  constructor(memory: Memory, shelf: Shelf) {
    this.#memory = memory;
    this.#shelf = shelf;
  }

  /** Newest first. */
  get all(): readonly Snapshot[] {
    const stored = this.#memory.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter(isSnapshot) : [];
  }

  /** A name that is there already is given anew. @throws NotKept where there is no room left */
  async keep(name: string, trace: Trace, now: number): Promise<void> {
    const text = writeTrace(trace);
    const replaced = this.all.find((one) => one.name === name && one.file === trace.entry);
    const others = this.all.filter((one) => one !== replaced);
    if (others.length >= bounds.count)
      throw new NotKept(t('{0} snapshots are kept, and no more can be: delete one first.', bounds.count));
    const size = text.length;
    if (others.reduce((sum, one) => sum + one.size, size) > bounds.bytes)
      throw new NotKept(t('Snapshots together have room for {0} MB: delete one first.', bounds.bytes / 2 ** 20));
    const id = Math.max(0, ...this.all.map((one) => one.id)) + 1;
    await this.#shelf.write(fileOf(id), text);
    await this.#memory.update(key, [{ id, name, file: trace.entry, kept: now, size }, ...others]);
    if (replaced) await this.#shelf.remove(fileOf(replaced.id));
  }

  /** @throws NotKept when its file is gone or damaged */
  async open({ id, name }: Snapshot): Promise<Trace> {
    try {
      return parseTrace(await this.#shelf.read(fileOf(id)));
    } catch (error) {
      const why = error instanceof TraceFormatError ? ` ${error.message}` : '';
      throw new NotKept(t('The snapshot “{0}” cannot be read any more.', name) + why);
    }
  }

  async remove({ id }: Snapshot): Promise<void> {
    await this.#memory.update(
      key,
      this.all.filter((one) => one.id !== id),
    );
    await this.#shelf.remove(fileOf(id));
  }
}

const fileOf = (id: number): string => `snapshot-${id}.trace.json`;

const isSnapshot = (value: unknown): value is Snapshot => {
  const { id, name, file, kept, size } = Object(value) as Partial<Record<keyof Snapshot, unknown>>;
  return (
    Number.isSafeInteger(id) &&
    typeof name === 'string' &&
    typeof file === 'string' &&
    Number.isFinite(kept) &&
    Number.isFinite(size)
  );
};
