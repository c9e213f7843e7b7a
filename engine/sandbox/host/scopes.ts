import type { ScopeId, SiteId } from '../../base/brand.ts';
import type { StaticScope } from '../../source/module.ts';
import type { Scope, ScopeKind } from '../../trace/format.ts';

/** A scope that may never be written down: most calls and iterations make no tensor. */
interface Frame {
  readonly parent: Frame | null;
  readonly kind: ScopeKind;
  readonly key: string;
  readonly name: string;
  readonly place: StaticScope | null;
  /** Iteration or repetition; −1 in a loop's header, which belongs to the scope round the loop. */
  readonly index: number;
  /** How often each function and scope below was entered. */
  readonly repeated: Map<string, number>;
  id: ScopeId | null;
}

/** The stack of scopes while a program runs, and the tree of those in which something was made. */
export class ScopeStack {
  readonly scopes: Scope[] = [];
  #stack: Frame[] = [];

  constructor(program: string) {
    const frame: Frame = {
      parent: null,
      kind: 'program',
      key: '',
      name: program,
      place: null,
      index: 0,
      repeated: new Map(),
      id: null,
    };
    this.#root = frame;
    this.#write(frame);
  }

  readonly #root: Frame;

  get depth(): number {
    return this.#stack.length;
  }

  enter(kind: ScopeKind, name: string, place: StaticScope | null): void {
    const parent = this.#top();
    const key = `${kind}:${place?.id ?? name}`;
    const times = parent.repeated.get(key) ?? 0;
    parent.repeated.set(key, times + 1);
    this.#stack.push({
      parent,
      kind,
      key,
      name,
      place,
      index: kind === 'loop' ? -1 : times,
      repeated: new Map(),
      id: null,
    });
  }

  /** The loop at `depth` begins its next iteration; whatever was left open inside it is closed. */
  iterate(depth: number): void {
    const loop = this.#stack[depth];
    if (loop?.kind !== 'loop') return;
    this.#stack.length = depth;
    this.#stack.push({ ...loop, index: loop.index + 1, repeated: new Map(), id: null });
  }

  leave(depth: number): void {
    if (depth >= 0 && depth < this.#stack.length) this.#stack.length = depth;
  }

  /** The loop that is running, or null. */
  innermostLoop(): StaticScope | null {
    return [...this.#stack].reverse().find(({ kind }) => kind === 'loop')?.place ?? null;
  }

  /** The scope that a tensor made now belongs to. */
  current(): ScopeId {
    return this.#write(this.#top());
  }

  #top(): Frame {
    return this.#stack.at(-1) ?? this.#root;
  }

  #write(frame: Frame): ScopeId {
    if (frame.id !== null) return frame.id;
    if (frame.index < 0) return this.#write(frame.parent!);
    const parent = frame.parent ? this.#write(frame.parent) : null;
    const id = this.scopes.length as ScopeId;
    const { kind, name, index, place } = frame;
    this.scopes.push({ id, parent, kind, name, index, file: place?.file ?? null, span: place?.span ?? null });
    frame.id = id;
    return id;
  }
}

export type ScopeLookup = (site: SiteId) => StaticScope | null;
