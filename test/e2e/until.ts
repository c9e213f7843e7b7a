import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what the workbench shows to become what it should; fails with what was last seen. */
export async function until<Seen>(
  what: string,
  look: () => Promise<Seen>,
  right: (seen: Seen) => boolean,
  milliseconds = 20_000,
): Promise<Seen> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const seen = await look();
    if (right(seen)) return seen;
    if (Date.now() > end) throw new Error(`Waited in vain for: ${what}. Last seen: ${JSON.stringify(seen)}`);
    await sleep(100);
  }
}
