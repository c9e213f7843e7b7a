import type { Readable, Writable } from 'node:stream';

const separator = Buffer.from('\r\n\r\n');

/** Longer messages are none: a client that sends one has lost its way. */
const longestMessage = 16 * 2 ** 20;

/** What came in is not framed as the protocol says; nothing after it can be understood. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
}

/** Takes the debug protocol's messages out of a stream of bytes: `Content-Length: N`, an empty line, N bytes of JSON. */
export class MessageReader {
  #waiting: Buffer = Buffer.alloc(0);
  #length: number | null = null;

  /** The messages that are whole with these bytes. @throws FramingError */
  read(bytes: Uint8Array): unknown[] {
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    const messages: unknown[] = [];
    for (;;) {
      this.#length ??= this.#readHeader();
      if (this.#length === null || this.#waiting.length < this.#length) return messages;
      const text = this.#waiting.toString('utf8', 0, this.#length);
      this.#waiting = this.#waiting.subarray(this.#length);
      this.#length = null;
      messages.push(parsed(text));
    }
  }

  #readHeader(): number | null {
    const end = this.#waiting.indexOf(separator);
    if (end < 0) {
      if (this.#waiting.length > 4096) throw new FramingError('There is no header.');
      return null;
    }
    const header = this.#waiting.toString('latin1', 0, end);
    const length = Number(/^content-length: *(\d+)\s*$/im.exec(header)?.[1] ?? NaN);
    if (!(length <= longestMessage)) throw new FramingError('The header says no length.');
    this.#waiting = this.#waiting.subarray(end + separator.length);
    return length;
  }
}

/** What is no JSON is a message all the same, and none that anybody answers. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function writeMessage(output: Writable, message: unknown): void {
  const bytes = Buffer.from(JSON.stringify(message));
  output.write(`Content-Length: ${bytes.length}\r\n\r\n`);
  output.write(bytes);
}

/** Hands on every message of a stream until it ends; resolves then. @throws FramingError */
export async function readMessages(input: Readable, take: (message: unknown) => void): Promise<void> {
  const reader = new MessageReader();
  for await (const chunk of input as AsyncIterable<Uint8Array>) for (const message of reader.read(chunk)) take(message);
}
