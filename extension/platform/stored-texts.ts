import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';
import { openDocument, uriOf } from '../documents.ts';
import { type Place, fileOf } from '../place.ts';
import type { Platform } from './platform.ts';

/** Texts of files, at once. Where a stored file takes its time, that is what was last read of it; until then there is none. */
export class StoredTexts implements Disposable {
  readonly #platform: Pick<Platform, 'readNow'>;
  readonly #read = new Map<string, string | null>();
  readonly #changed = new Emitter<Place>();
  /** A text that took its time is another one than it was. */
  readonly onDidChange = this.#changed.event;

  constructor(platform: Pick<Platform, 'readNow'>) {
    this.#platform = platform;
  }

  /** As it is in an editor, else as it is stored; null where there is no such file. */
  of(place: Place): string | null {
    const text = openDocument(place)?.getText() ?? this.#platform.readNow(place);
    if (text !== undefined) return text;
    const key = fileOf(place);
    const known = this.#read.get(key);
    if (known === undefined) {
      this.#read.set(key, null);
      void this.refresh(place);
    }
    return known ?? null;
  }

  /** The stored file is another one, or gone. */
  async refresh(place: Place): Promise<void> {
    const key = fileOf(place);
    const before = this.#read.get(key);
    if (before === undefined) return;
    const now = await stored(place);
    this.#read.set(key, now);
    if (now !== before) this.#changed.fire(place);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

async function stored(place: Place): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(place)));
  } catch {
    return null;
  }
}
