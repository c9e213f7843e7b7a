/**
 * A process for one engine, asked in lines of JSON on its standard input. An engine is a module that exports `start()`, which
 * resolves to what it is (name and version), and `prepare(workload, leaves)`, which resolves to `check()` (the loss of a step
 * and the Euclidean norm of every parameter's gradient) and to `step()`, or to a `measure()` of its own.
 *
 *   node serve.mjs ENGINE
 */
import { createInterface } from 'node:readline';

const engine = await import(process.argv[2]);
let prepared = null;

const answers = {
  start: async () => ({ version: await engine.start() }),
  prepare: async ({ workload, leaves }) => {
    prepared = await engine.prepare(workload, leaves);
    return prepared.check();
  },
  /** Our own engine in float64. */
  reference: async ({ workload, leaves }) => engine.reference(workload, leaves),
  /** Steps until the time is over, each with its own time. At least three, so that a slow engine has a minimum too. */
  measure: async ({ milliseconds }) => {
    if (prepared.measure) return prepared.measure(milliseconds);
    const times = [];
    const until = performance.now() + milliseconds;
    while (performance.now() < until || times.length < 3) {
      const started = performance.now();
      const done = prepared.step();
      // An engine that works at once is not made to wait for a turn of the event loop.
      if (done instanceof Promise) await done;
      times.push(performance.now() - started);
    }
    return { times };
  },
};

// What an engine prints is not what it was asked.
console.log = console.info = console.error;

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let reply;
  try {
    reply = await answers[question.ask](question);
  } catch (error) {
    reply = { fails: error instanceof Error ? error.message : String(error) };
  }
  process.stdout.write(`${JSON.stringify({ reply })}\n`);
}
