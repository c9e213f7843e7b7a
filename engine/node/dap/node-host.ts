import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setImmediate as breathe } from 'node:timers/promises';
import { defaultThresholds } from '../../analysis/thresholds.ts';
import type { ModulePath } from '../../base/brand.ts';
import type { DebugHost } from '../../debug/host.ts';
import { defaultBudget } from '../../protocol/worker.ts';
import { examinationFor } from '../cli/config-file.ts';
import { WrongUse } from '../cli/outcome.ts';
import { locate } from '../cli/run-file.ts';
import { readText } from '../read-text.ts';
import { startRunner } from '../runner.ts';

/** The adapter's surroundings in a process of its own: files on disk, a sandbox of its own. */
export function nodeHost(): DebugHost & { dispose(): void } {
  const runner = startRunner({ spare: false });
  let thresholds = defaultThresholds;
  return {
    locate: (program) => {
      try {
        return locate(plainPath(program));
      } catch (error) {
        if (error instanceof WrongUse) return error.message;
        throw error;
      }
    },
    run: async ({ root, entry, training, whatIf }) => {
      try {
        thresholds = examinationFor({ root, entry }).thresholds ?? defaultThresholds;
      } catch (error) {
        if (error instanceof WrongUse) return error.message;
        throw error;
      }
      return runner.run({
        root,
        entry,
        overlays: whatIf?.texts ?? new Map(),
        budget: defaultBudget,
        unfinished: true,
        ...(training && { training }),
        ...(whatIf && { overrides: whatIf.overrides }),
      });
    },
    thresholdsOf: () => thresholds,
    stop: () => runner.stop(),
    pathOf: (root, file) => join(root, ...file.split('/')),
    moduleOf: (root, path) => {
      const way = relative(realpathSync(root), real(plainPath(path)));
      return way.startsWith('..') || isAbsolute(way) ? null : (way.split(sep).join('/') as ModulePath);
    },
    textOf: (root, file) => {
      try {
        return readText(join(root, ...file.split('/')));
      } catch {
        return null;
      }
    },
    breathe: () => breathe(),
    dispose: () => runner.dispose(),
  };
}

/** Some clients name files by URI. */
const plainPath = (path: string): string => (path.startsWith('file://') ? fileURLToPath(path) : path);

/** Links resolved, as the sandbox sees the folder; a file that is not there keeps its name. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
