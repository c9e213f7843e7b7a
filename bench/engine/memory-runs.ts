/**
 * What 10,000 steps of W2 leave behind in the sandbox, written as JSON: in runs of 100 steps, whose values and gradients all are
 * kept until the run is over. In this process and not in a worker's, so that its garbage can be collected before it is weighed.
 */
import { readFileSync } from 'node:fs';
import { WorkspaceFiles } from '../../engine/node/workspace-files.ts';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import { runProgram } from '../../engine/sandbox/host/run.ts';
import { type Sample, isSampled, sample } from './memory-sample.ts';
import { trainingLoop } from './training-loop.ts';

const stepsARun = 100;
const [assets = '', root = ''] = process.argv.slice(2);
const engine = {
  wasm: await WebAssembly.compile(readFileSync(`${assets}/quickjs.wasm`)),
  bytecode: new Uint8Array(readFileSync(`${assets}/guest.bin`)),
  now: () => performance.now(),
  seen: () => undefined,
};
const { entry, overlays } = trainingLoop('W2', `for (let i = 0; i < ${stepsARun}; i++) step();`);
const files = new WorkspaceFiles(root, overlays);
const samples: Sample[] = [];
for (let step = 0; step <= 10_000; step += stepsARun) {
  if (isSampled(step)) samples.push(await sample(step));
  const { problems } = await runProgram(entry, files, { ...defaultBudget, softDeadline: 60_000 }, engine);
  if (problems.length > 0) throw new Error(problems[0]!.message);
}
process.stdout.write(JSON.stringify(samples));
