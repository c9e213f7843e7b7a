import { Client } from './measure.ts';
import { traced } from './traced.ts';

/** In a process of its own, so that nothing else is counted: what a session costs beside its trace, in bytes. */
const [folder, workerFile, turns] = process.argv.slice(2) as [string, string, string];
const trace = await traced(folder, Number(turns), workerFile);
const before = used();
const client = new Client(trace);
await client.launch({ pass: 'both' });
const { length } = client.adapter.session!.playback.stepper.timeline;
for (let i = 1; i <= 64; i++) {
  await client.move('seek', { position: Math.floor((length * i) / 64) });
  await client.look();
}
const bytes = used() - before;
process.stdout.write(JSON.stringify({ nodes: trace.nodes.length, moments: length, bytes }));
client.adapter.dispose();

/** After everything that nobody holds has been let go. */
function used(): number {
  for (let i = 0; i < 4; i++) global.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
