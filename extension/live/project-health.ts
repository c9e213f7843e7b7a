import type { Disposable } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';
import {
  type ReadConfig,
  configPaths,
  examinationOf,
  noConfig,
  readConfig,
} from '../../engine/explain/health/config.ts';
import type { Examination } from '../../engine/explain/health/findings.ts';
import type { ModulePath } from '../../engine/base/brand.ts';
import { type Place, samePlace } from '../place.ts';

export interface HealthSurroundings {
  /** The text of a file as it is in the editor, else on disk; null where there is none. */
  read(place: Place): string | null;
  /** What the editor's settings look for; null for nothing. */
  settings(): Examination | null;
  /** Told what is to be looked for. */
  examineWith(examination: Examination | null): void;
}

/** A configuration that holds for the live file. */
export interface FoundConfig extends ReadConfig {
  readonly place: Place;
  readonly text: string;
}

/** What of health is looked for in the live file: the nearest configuration of its project, over the settings. */
export class ProjectHealth implements Disposable {
  readonly #around: HealthSurroundings;
  readonly #changed = new Emitter<void>();
  /** Fires when another configuration holds, or the same says something else. */
  readonly onDidChange = this.#changed.event;
  #place: Place | null = null;
  #found: FoundConfig | null = null;

  constructor(around: HealthSurroundings) {
    this.#around = around;
    around.examineWith(this.examination);
  }

  get config(): FoundConfig | null {
    return this.#found;
  }

  /** Null where nothing is looked for. */
  get examination(): Examination | null {
    const settings = this.#around.settings();
    return settings && examinationOf(this.#found?.config ?? noConfig, settings);
  }

  /** What is looked for in any file, live or not, whatever the settings switch off: by whoever asks for it in particular. */
  examinationOf(place: Place): Examination {
    const found = samePlace(place, this.#place) ? this.#found : this.#nearest(place);
    return examinationOf(found?.config ?? noConfig, this.#around.settings() ?? {});
  }

  /** Another file may be the live one. */
  follow(place: Place | null): void {
    if (!samePlace(place, this.#place)) this.#read(place);
  }

  /** A file was edited, made or removed. Returns whether another configuration holds from now on. */
  changed(place: Place): boolean {
    const live = this.#place;
    if (live?.root !== place.root || !configPaths(live.path).includes(place.path)) return false;
    const before = this.#found;
    this.#read(live);
    return before?.text !== this.#found?.text || !samePlace(before?.place ?? null, this.#found?.place ?? null);
  }

  /** The settings are other ones. */
  refresh(): void {
    this.#around.examineWith(this.examination);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #read(live: Place | null): void {
    this.#place = live;
    this.#found = live && this.#nearest(live);
    this.refresh();
    this.#changed.fire();
  }

  #nearest({ root, path: file }: Place): FoundConfig | null {
    for (const path of configPaths(file)) {
      const place = { root, path: path as ModulePath };
      const text = this.#around.read(place);
      if (text !== null) return { place, text, ...readConfig(text) };
    }
    return null;
  }
}
