import type { Scope, Site, TraceFile } from '../trace/format.ts';
import { type CallText, callIn, parametersIn } from './call-text.ts';

type Place = Pick<Site, 'file' | 'span'>;

/** Functions and calls as their text has them. Each is read once. */
export class CallTexts {
  /** By the place of a function in the text. */
  readonly #declared = new Map<string, readonly (string | null)[]>();
  readonly #calls = new Map<string, CallText | null>();

  constructor(readonly files: readonly TraceFile[]) {}

  /** The parameters of a function that was called; null for one that is no plain name. */
  parametersOf({ file, span: place }: Scope): readonly (string | null)[] {
    if (file === null || place === null) return [];
    const key = `${file}:${place.start}`;
    let names = this.#declared.get(key);
    if (!names) this.#declared.set(key, (names = parametersIn(this.textOf({ file, span: place }))));
    return names;
  }

  /** Null where no call stands. */
  callAt({ file, span: place }: Place): CallText | null {
    const key = `${file}:${place.start}:${place.end}`;
    let call = this.#calls.get(key);
    if (call === undefined) this.#calls.set(key, (call = callIn(this.textOf({ file, span: place }))));
    return call;
  }

  readonly textOf = ({ file, span: { start, end } }: Place): string =>
    this.files.find(({ path }) => path === file)?.text.slice(start, end) ?? '';
}
