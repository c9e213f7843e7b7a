import { createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { Adapter } from '../../debug/adapter.ts';
import { FramingError, readMessages, writeMessage } from './framing.ts';
import { nodeHost } from './node-host.ts';

/** Speaks the debug protocol with one client until it goes. */
export async function serveClient(input: Readable, output: Writable): Promise<void> {
  const host = nodeHost();
  const adapter = new Adapter(host, (message) => writeMessage(output, message));
  // A client that is gone reads no answers: that is no mistake.
  output.on('error', () => input.destroy());
  try {
    await readMessages(input, (message) => {
      adapter.receive(message);
      if (isDisconnect(message)) input.destroy();
    });
  } catch (error) {
    if (!(error instanceof FramingError) && !isClosed(error)) throw error;
  } finally {
    adapter.dispose();
    host.dispose();
  }
}

/** Serves every client that connects to a port of this machine, each with a session of its own. Resolves when the server listens. */
export function servePort(port: number): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((socket) => void serveClient(socket, socket).finally(() => socket.end()));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: () => server.close(),
      });
    });
  });
}

const isDisconnect = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'command' in message && message.command === 'disconnect';

const isClosed = (error: unknown): boolean => error instanceof Error && 'code' in error;
