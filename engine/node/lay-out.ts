import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { fromElk, toElk } from '../picture/elk-graph.ts';
import { type Direction, type Drawable, type Layout, layered } from '../picture/layout.ts';

/** Milliseconds after which a plain layout is taken instead. Nobody types while a file is exported: more than in the panel. */
const deadline = 20_000;

/** Run from source, as tests do, the built worker is in dist. */
const besideThis = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/layout-worker.js' : './layout-worker.js', import.meta.url);

/** Lays one graph out as the panel does, in a thread of its own. @param workerFile the built worker; beside this bundle without it */
export async function layOut(
  graph: Drawable,
  direction: Direction = 'down',
  workerFile: string | URL = besideThis(),
): Promise<Layout> {
  const file = typeof workerFile === 'string' ? pathToFileURL(workerFile) : workerFile;
  const thread = new Worker(file, { env: {}, execArgv: [] });
  let late: ReturnType<typeof setTimeout> | undefined;
  const found = await new Promise<ElkNode | null>((resolve) => {
    late = setTimeout(() => resolve(null), deadline);
    thread.on('message', ({ laidOut }: { laidOut: ElkNode | null }) => resolve(laidOut));
    thread.on('error', () => resolve(null));
    thread.on('exit', () => resolve(null));
    thread.postMessage(toElk(graph, direction, null));
  });
  clearTimeout(late);
  await thread.terminate();
  return found ? fromElk(found, direction) : layered(graph, direction);
}
