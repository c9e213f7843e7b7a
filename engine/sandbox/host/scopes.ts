import type { ScopeId } from '../../base/brand.ts';
import type { StaticScope } from '../../source/module.ts';
import type { ScopeKind } from '../../trace/format.ts';
import type { PackedScopes } from '../../trace/packed.ts';
import { Table } from './table.ts';
import { WholeNumbers } from './whole-numbers.ts';

/** What all iterations of a loop share, or a call has to itself. */
interface Entered {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly place: StaticScope | null;
}

/** A scope that may never be written down: most calls and iterations make no tensor. */
interface Frame {
  readonly parent: Frame | null;
  readonly entered: Entered;
  /** Iteration or repetition; −1 in a loop's header, which belongs to the scope round the loop. */
  index: number;
  /** How often each function and scope below was entered, by its place, or by kind and name; null for never. */
  repeated: Map<number | string, number> | null;
  /** −1 until something was made in it. */
  id: number;
}

/** The stack of scopes while a program runs, and the tree of those in which something was made. */
export class ScopeStack {
  /** The tree, in columns: a loop of ten thousand iterations has as many scopes. */
  readonly #parents = new WholeNumbers();
  readonly #entered: Entered[] = [];
  readonly #indices = new WholeNumbers();
  readonly #root: Frame;
  readonly #stack: Frame[] = [];

  constructor(program: string) {
    const entered: Entered = { kind: 'program', name: program, place: null };
    this.#root = { parent: null, entered, index: 0, repeated: null, id: -1 };
    this.#write(this.#root);
  }

  get depth(): number {
    return this.#stack.length;
  }

  packed(): PackedScopes {
    const entered = new Table<Entered>();
    const rows = new WholeNumbers();
    this.#entered.forEach((one, i) => {
      rows.push(this.#parents.at(i));
      rows.push(entered.numberOf(one));
      rows.push(this.#indices.at(i));
    });
    const told = entered.items.map(({ kind, name, place }) => ({
      kind,
      name,
      file: place?.file ?? null,
      span: place?.span ?? null,
    }));
    return { entered: told, rows: rows.all() };
  }

  enter(kind: ScopeKind, name: string, place: StaticScope | null): void {
    const parent = this.#top();
    const key = place?.id ?? `${kind}:${name}`;
    const repeated = (parent.repeated ??= new Map<number | string, number>());
    const times = repeated.get(key) ?? 0;
    repeated.set(key, times + 1);
    const index = kind === 'loop' ? -1 : times;
    this.#stack.push({ parent, entered: { kind, name, place }, index, repeated: null, id: -1 });
  }

  /** The loop at `depth` begins its next iteration; whatever was left open inside it is closed. */
  iterate(depth: number): void {
    const loop = this.#stack[depth];
    if (loop?.entered.kind !== 'loop') return;
    this.#stack.length = depth + 1;
    loop.index++;
    loop.repeated = null;
    loop.id = -1;
  }

  leave(depth: number): void {
    if (depth >= 0 && depth < this.#stack.length) this.#stack.length = depth;
  }

  /** The loop that is running, or null. */
  innermostLoop(): StaticScope | null {
    return [...this.#stack].reverse().find(({ entered }) => entered.kind === 'loop')?.entered.place ?? null;
  }

  /** The scope that a tensor made now belongs to. */
  current(): ScopeId {
    const top = this.#top();
    return (top.id < 0 ? this.#write(top) : top.id) as ScopeId;
  }

  #top(): Frame {
    return this.#stack[this.#stack.length - 1] ?? this.#root;
  }

  #write(frame: Frame): number {
    if (frame.id >= 0) return frame.id;
    if (frame.index < 0) return this.#write(frame.parent!);
    this.#parents.push(frame.parent ? this.#write(frame.parent) : -1);
    this.#indices.push(frame.index);
    return (frame.id = this.#entered.push(frame.entered) - 1);
  }
}
