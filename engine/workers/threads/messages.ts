import type { ModulePath } from '../../base/brand.ts';
import type { Translations } from '../../base/l10n.ts';
import type { Place } from '../../sandbox/host/problems.ts';
import type { Told } from '../files/told-files.ts';

/** What a worker is started with. */
export interface WorkerStart {
  /** See `LastPlace`. Null where threads share no memory, as in most pages: then the worker tells its places. */
  readonly lastPlace: SharedArrayBuffer | null;
  /** A worker has modules of its own, and with them a display language of its own. */
  readonly translations: Translations | null;
}

/** What workers of all kinds ask for while they read a program, and are told. */
export interface AskForFiles {
  readonly type: 'wants';
  readonly paths: readonly ModulePath[];
}
export interface TellFiles {
  readonly type: 'files';
  readonly files: readonly Told[];
}
/** Where a program is, now and then. */
export interface Seen {
  readonly type: 'seen';
  readonly place: Place;
}
