/** `npm run bench -- NAME`: measurements, run on demand and never asserted. */
import { latency } from './latency.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = { latency };
const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench) await bench();
else {
  process.stderr.write(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
}
