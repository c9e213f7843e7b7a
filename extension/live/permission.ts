import { Emitter } from '../../engine/base/emitter.ts';

/** What is needed of `vscode.Memento`. */
export interface Memory {
  get<Value>(key: string): Value | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'retrograd.allowed';

/**
 * Remembers, per workspace, under which root folders models may run. By root and not by workspace, so that a loose file
 * opened beside a workspace is asked about on its own.
 */
export class Permission {
  readonly #memory: Memory;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get #roots(): readonly string[] {
    const stored = this.#memory.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter((root) => typeof root === 'string') : [];
  }

  get any(): boolean {
    return this.#roots.length > 0;
  }

  allows(root: string): boolean {
    return this.#roots.includes(root);
  }

  async grant(root: string): Promise<void> {
    if (this.allows(root)) return;
    await this.#memory.update(key, [...this.#roots, root]);
    this.#changed.fire();
  }

  async forget(): Promise<void> {
    await this.#memory.update(key, undefined);
    this.#changed.fire();
  }
}
