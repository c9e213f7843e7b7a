/** `npm run bench -- NAME`: measurements, run on demand and never asserted. */
import { stderr } from 'node:process';

type Bench = (rest: readonly string[]) => Promise<void>;

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  latency: async () => (await import('./latency.ts')).latency,
  explain: async () => (await import('./explain/main.ts')).explain,
  replay: async () => (await import('./replay/main.ts')).replay,
  health: async () => (await import('./health/main.ts')).health,
  engine: async () => (await import('./engine/main.ts')).engine,
};
const [chosen = '', ...rest] = process.argv.slice(2);
const bench = await benches[chosen]?.();
if (bench) await bench(rest);
else {
  stderr.write(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
}
