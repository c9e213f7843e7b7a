/**
 * The next turn of the event loop, after everybody who has something to say was heard. Node has `setImmediate` for it; in a
 * browser a message to oneself does, because timers are held back there to four milliseconds.
 */
type Immediate = (task: () => void) => unknown;

/** What is used of the web's: Node's types know it otherwise. */
interface Channel {
  readonly port1: { onmessage: (() => void) | null };
  readonly port2: { postMessage(message: null): void };
}

export const soon: (task: () => void) => void =
  (globalThis as { setImmediate?: Immediate }).setImmediate === undefined ? byMessage() : inNode;

function inNode(task: () => void): void {
  (globalThis as unknown as { setImmediate: Immediate }).setImmediate(task);
}

function byMessage(): (task: () => void) => void {
  const tasks: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel() as unknown as Channel;
  port1.onmessage = () => tasks.shift()?.();
  return (task) => {
    tasks.push(task);
    port2.postMessage(null);
  };
}

export const nextTurn = (): Promise<void> => new Promise((resolve) => soon(resolve));
