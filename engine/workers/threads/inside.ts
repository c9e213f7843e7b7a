import type { RunRequest } from '../../protocol/worker.ts';
import type { Engine } from '../../sandbox/host/engine.ts';
import type { Place } from '../../sandbox/host/problems.ts';
import { LastPlace } from './last-place.ts';
import type { ModuleFiles } from '../files/module-files.ts';
import type { Ask, Told } from '../files/told-files.ts';
import type { AskForFiles, Seen, TellFiles, WorkerStart } from './messages.ts';

/** What every thread with a sandbox has loaded. */
export type Assets = Pick<Engine, 'wasm' | 'bytecode'>;

/** Where a thread gets the files of a program from: a disk at once, or its host by asking. */
export type FilesOf = (
  program: Pick<RunRequest, 'root' | 'entry' | 'overlays'>,
  ask: Ask,
) => ModuleFiles | Promise<ModuleFiles>;

/** So many messages of where a program is, in so many milliseconds. In shared memory it is written at every look. */
const most = 16;
const often = 50;

export function engineOf(
  assets: Assets,
  { lastPlace }: Pick<WorkerStart, 'lastPlace'>,
  post: (seen: Seen) => void,
): Engine {
  const now = (): number => performance.now();
  return { ...assets, now, seen: lastPlace ? sharing(new LastPlace(lastPlace)) : telling(post, now) };
}

const sharing =
  (last: LastPlace): Engine['seen'] =>
  (place) =>
    last.write(place);

function telling(post: (seen: Seen) => void, now: () => number): (place: Place) => void {
  let since = -Infinity;
  let told = 0;
  return (place) => {
    const at = now();
    if (at - since >= often) {
      since = at;
      told = 0;
    }
    if (++told <= most) post({ type: 'seen', place });
  };
}

/** Asks the host, which answers in the order that it is asked in. */
export class Asking {
  readonly #post: (message: AskForFiles) => void;
  readonly #waiting: ((files: readonly Told[]) => void)[] = [];

  constructor(post: (message: AskForFiles) => void) {
    this.#post = post;
  }

  readonly ask: Ask = (paths) =>
    new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#post({ type: 'wants', paths });
    });

  answered({ files }: TellFiles): void {
    this.#waiting.shift()?.(files);
  }
}
