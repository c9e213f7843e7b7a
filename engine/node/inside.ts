import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Assets, FilesOf } from '../workers/threads/inside.ts';
import type { Port } from '../workers/threads/thread.ts';
import { FilesByAsking } from '../workers/files/told-files.ts';
import { isElsewhere } from '../workers/files/folder-reader.ts';
import type { InNode } from './threads.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** Of this worker thread. Node keeps what comes before somebody listens. */
export const port = <To, From>(): Port<To, From> => ({
  post: (message) => parentPort!.postMessage(message),
  listen: (heard) => void parentPort!.on('message', heard),
});

export const start = <Start>(): Start & InNode => workerData as Start & InNode;

export async function assetsIn({ assets }: InNode): Promise<Assets> {
  const asset = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, assets)));
  return { wasm: await WebAssembly.compile(asset('quickjs.wasm')), bytecode: asset('guest.bin') };
}

/** From the disk at once, where the folder is on it. */
export function filesOf(): FilesOf {
  const byAsking = new FilesByAsking();
  return ({ root, entry, overlays }, ask) =>
    isElsewhere(root) ? byAsking.of(entry, overlays, ask) : new WorkspaceFiles(root, overlays);
}
