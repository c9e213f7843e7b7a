/** The worker thread that lays graphs out: a large one takes seconds, and is ended by being terminated. */
import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';

/**
 * The panel's own copy of elkjs' worker, which is a CommonJS module where there is no page: it lies in a package of ES modules,
 * and so cannot be required.
 */
const worker = ((): new () => object => {
  const module: { exports: { Worker?: new () => object } } = { exports: {} };
  const script = readFileSync(new URL('./webview/elk-worker.js', import.meta.url), 'utf8');
  const run = compileFunction(script, ['module', 'exports']) as (of: typeof module, exports: object) => void;
  run(module, module.exports);
  return module.exports.Worker!;
})();

const elk = new ELK({ workerFactory: () => new worker() });
const port = parentPort!;

port.on('message', (graph: ElkNode) => {
  elk.layout(graph).then(
    (laidOut) => port.postMessage({ laidOut }),
    () => port.postMessage({ laidOut: null }),
  );
});
