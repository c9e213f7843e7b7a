/**
 * Memory that a thread can share with another. A page has none unless its server isolates it from all others, which hardly
 * any editor's does: there each side has its own, and the thread sends messages of what it would write.
 */
export const memory = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);

/** What is handed to the thread; null for memory that cannot be shared. */
export const shared = (buffer: ArrayBufferLike): SharedArrayBuffer | null =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer ? buffer : null;
