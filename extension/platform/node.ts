import type { ExtensionContext } from 'vscode';
import { startChecker } from '../../engine/node/checker.ts';
import { layOutBy } from '../../engine/node/lay-out.ts';
import { onDisk } from '../../engine/node/on-disk.ts';
import { readText } from '../../engine/node/read-text.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { startTrainer } from '../../engine/node/trainer.ts';
import { type FolderReader, isElsewhere } from '../../engine/workers/files/folder-reader.ts';
import { fileOf } from '../place.ts';
import type { Platform } from './platform.ts';
import { throughEditor } from './through-editor.ts';

/** Worker threads, and the disk. Folders that are on none are read through the editor. */
export function nodePlatform(context: ExtensionContext): Platform {
  const file = (name: string): string => context.asAbsolutePath(`dist/${name}`);
  const reader: FolderReader = {
    read: (root, paths) => (isElsewhere(root) ? throughEditor : onDisk).read(root, paths),
  };
  return {
    startRunner: ({ spare }) => startRunner({ workerFile: file('worker.js'), spare, reader }),
    startTrainer: (request, changed) => startTrainer(request, changed, { workerFile: file('train-worker.js'), reader }),
    startChecker: () => startChecker(file('check-worker.js')),
    layOut: layOutBy(file('layout-worker.js')),
    readNow: (place) => {
      if (isElsewhere(place.root)) return undefined;
      try {
        return readText(fileOf(place));
      } catch {
        return null;
      }
    },
  };
}
