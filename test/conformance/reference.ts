import { readFileSync } from 'node:fs';
import type { Shape } from '../../engine/tensor/shape.ts';
import { complaintAbout } from './well-formed.ts';

/** A number of a reference file: JSON has no word for the others. */
export type Encoded = number | boolean | 'NaN' | 'Infinity' | '-Infinity';
export type Attributes = Readonly<Record<string, unknown>>;

/** A node of a case: a leaf with its data, or an op with its inputs. */
export interface ReferenceNode {
  readonly id: number;
  readonly op: string;
  readonly shape: Shape;
  readonly in?: readonly number[];
  readonly attrs?: Attributes;
  readonly dtype?: 'float64' | 'float32' | 'int64' | 'int32' | 'bool';
  readonly data?: readonly Encoded[];
}

/** A small program, and what another library made of it. */
export interface ReferenceCase {
  readonly id: string;
  readonly note?: string;
  readonly nodes: readonly ReferenceNode[];
  readonly loss: number;
  readonly expected: {
    /** Null for leaves. */
    readonly values: readonly (readonly Encoded[] | null)[];
    /** Null where the other library kept none. */
    readonly grads: readonly (readonly Encoded[] | null)[];
  };
}

/** A file is not there, or is no file of references. */
export class UnreadableReference extends Error {
  override readonly name = 'UnreadableReference';
}

/** What a file has to offer: cases that can be run, and in words what is wrong with the others. */
export interface Reference {
  readonly cases: readonly ReferenceCase[];
  readonly malformed: readonly string[];
}

/** A file of the format `autograd-ref/1`. @throws UnreadableReference */
export function openReference(file: string | URL): Reference {
  const content = parsed(file);
  const refused = (why: string): UnreadableReference => new UnreadableReference(`${String(file)}: ${why}`);
  const { format, dtype, cases } = (content ?? {}) as Readonly<Record<'format' | 'dtype' | 'cases', unknown>>;
  if (format !== 'autograd-ref/1')
    throw refused(
      format === undefined
        ? 'it does not say { "format": "autograd-ref/1", "cases": [ … ] }.'
        : `its format is ${JSON.stringify(format)}, not "autograd-ref/1".`,
    );
  if (dtype !== undefined && dtype !== 'float64')
    throw refused(`its dtype is ${JSON.stringify(dtype)}; cases are compared to 1e-9, in float64.`);
  if (!Array.isArray(cases)) throw refused('it has no list of cases.');
  if (cases.length === 0) throw refused('its list of cases is empty.');
  const complaints = (cases as readonly unknown[]).map(complaintAbout);
  return {
    cases: (cases as readonly ReferenceCase[]).filter((_, i) => complaints[i] === null),
    malformed: complaints.flatMap((complaint, i) =>
      complaint === null ? [] : [`${String(file)}: case ${i}: ${complaint}`],
    ),
  };
}

/** The cases of a file in which all are well formed. @throws UnreadableReference */
export function readReference(file: string | URL): readonly ReferenceCase[] {
  const { cases, malformed } = openReference(file);
  if (malformed[0] !== undefined) throw new UnreadableReference(malformed[0]);
  return cases;
}

function parsed(file: string | URL): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreadableReference(
      `${String(file)}: ${code === 'ENOENT' ? 'there is no such file.' : code === 'EISDIR' ? 'this is a folder.' : message}`,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UnreadableReference(`${String(file)}: this is not JSON: ${(error as Error).message}`);
  }
}
