const pageBytes = 4096;

/** The pages of a memory that differ from those of another one: of two moments of a program, most are the same. */
export interface ChangedPages {
  readonly bytes: number;
  /** Numbers of the pages, ascending. */
  readonly pages: Int32Array;
  /** Their contents, one after another; the last page of a memory may be shorter. */
  readonly contents: Uint8Array;
}

export function changedPages(base: Uint8Array, memory: Uint8Array): ChangedPages {
  const changed: number[] = [];
  for (let page = 0; page * pageBytes < memory.length; page++) if (differs(base, memory, page)) changed.push(page);
  const contents = new Uint8Array(changed.reduce((sum, page) => sum + pageOf(memory, page).length, 0));
  let end = 0;
  for (const page of changed) {
    contents.set(pageOf(memory, page), end);
    end += pageOf(memory, page).length;
  }
  return { bytes: memory.length, pages: Int32Array.from(changed), contents };
}

export function withPages(base: Uint8Array, { bytes, pages, contents }: ChangedPages): Uint8Array {
  const memory = new Uint8Array(bytes);
  memory.set(base.subarray(0, bytes));
  let end = 0;
  for (const page of pages) {
    const { length } = pageOf(memory, page);
    memory.set(contents.subarray(end, end + length), page * pageBytes);
    end += length;
  }
  return memory;
}

const pageOf = (memory: Uint8Array, page: number): Uint8Array =>
  memory.subarray(page * pageBytes, (page + 1) * pageBytes);

/** What is beyond the end of the base differs. */
function differs(base: Uint8Array, memory: Uint8Array, page: number): boolean {
  const [before, after] = [pageOf(base, page), pageOf(memory, page)];
  if (before.length !== after.length) return true;
  for (let i = 0; i < after.length; i++) if (before[i] !== after[i]) return true;
  return false;
}
