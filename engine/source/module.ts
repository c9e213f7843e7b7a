import type { ModulePath, SiteId } from '../base/brand.ts';
import type { LineTable, Offset, Position, Span } from '../base/span.ts';
import type { Site } from '../trace/format.ts';

/** A function or loop of the source. What runs in it gets a scope of the trace. */
export interface StaticScope {
  readonly id: SiteId;
  readonly kind: 'function' | 'loop';
  /**
   * A function's own name, or that of what it is bound to, or of what it is an argument of (`map`), or `anonymous`; `new Net`
   * for a constructor. A loop's variable, or its keyword where it has none.
   */
  readonly name: string;
  readonly file: ModulePath;
  readonly span: Span;
  /** Whether it changes nothing but its own variables: see `isRepeatable`. */
  readonly isRepeatable: boolean;
}

/** A module that the program asks for. Imports of types alone are not among them. */
export interface ImportedModule {
  readonly specifier: string;
  /** Of the specifier with its quotes. */
  readonly span: Span;
  readonly json: boolean;
  /** What is asked of it by name, as the module calls it, and where. */
  readonly names: readonly { readonly name: string; readonly span: Span }[];
}

/** `model(…)` of the library. */
export interface ModelCall {
  /** The call's expression site. */
  readonly site: SiteId;
  /** Of the variable or property it is bound to; `default` for `export default model(…)`. */
  readonly name: string | null;
  readonly span: Span;
}

/** A file of the user's, ready to run, and everything a reader of its trace has to know about the text. */
export interface InstrumentedModule {
  readonly path: ModulePath;
  /** JavaScript with the lines of the source. Empty when not `runnable`. */
  readonly code: string;
  /** False when the text has a problem that no engine could run past. Everything else here is still what could be understood. */
  readonly runnable: boolean;
  readonly sites: readonly Site[];
  readonly scopes: readonly StaticScope[];
  readonly imports: readonly ImportedModule[];
  readonly models: readonly ModelCall[];
  /** Whether all that its functions do is told while they run, or can be read from the text: see `repeatable.ts` and `hidden.ts`. */
  readonly isOpen: boolean;
  /** Of the original text. */
  readonly lines: LineTable;
  toOriginal(offsetInCode: number): Offset;
  /** The innermost call, simple statement or header round a place of the original; else the line it stands on. */
  enclosing(offset: Offset): Span;
  /**
   * The same for a position in `code`, as a stack of the running engine names it, but larger than `done`: an expression that
   * was evaluated already is not the one that failed, even if the engine's column points into it.
   */
  enclosingAt(position: Position, done?: Span | null): Span;
}
