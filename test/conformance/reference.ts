import { readFileSync } from 'node:fs';
import type { Shape } from '../../engine/tensor/shape.ts';

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
  const { format, cases } = (content ?? {}) as { readonly format?: unknown; readonly cases?: unknown };
  if (format !== 'autograd-ref/1')
    throw new UnreadableReference(`${String(file)}: its format is ${JSON.stringify(format)}, not "autograd-ref/1".`);
  if (!Array.isArray(cases)) throw new UnreadableReference(`${String(file)}: it has no list of cases.`);
  const complaints = (cases as readonly (Partial<ReferenceCase> | null)[]).map(complaintAbout);
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
    throw new UnreadableReference(`${String(file)}: ${code === 'ENOENT' ? 'there is no such file.' : message}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UnreadableReference(`${String(file)}: this is not JSON: ${(error as Error).message}`);
  }
}

/** What keeps an entry from being a case, or null. */
function complaintAbout(entry: Partial<ReferenceCase> | null): string | null {
  if (typeof entry?.id !== 'string') return 'it has no id.';
  const { id, nodes, loss, expected } = entry;
  if (!Array.isArray(nodes)) return `${id} has no list of nodes.`;
  if (typeof loss !== 'number' || nodes[loss] === undefined) return `${id} has no loss among its nodes.`;
  for (const part of ['values', 'grads'] as const)
    if (!Array.isArray(expected?.[part]) || expected[part].length !== nodes.length)
      return `${id} does not expect ${part} for its ${nodes.length} nodes.`;
  const wrong = (nodes as readonly Partial<ReferenceNode>[]).findIndex((node, i) => !isNode(node, i));
  return wrong === -1 ? null : `node ${wrong} of ${id} is malformed.`;
}

const isNode = (node: Partial<ReferenceNode> | null, position: number): boolean =>
  node !== null &&
  node.id === position &&
  typeof node.op === 'string' &&
  Array.isArray(node.shape) &&
  (Array.isArray(node.data)
    ? node.data.length === node.shape.reduce((size, length) => size * length, 1) && node.data.every(isEncoded)
    : Array.isArray(node.in) && node.in.every((from) => Number.isInteger(from) && from >= 0 && from < position));

const isEncoded = (value: unknown): value is Encoded =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  value === 'NaN' ||
  value === 'Infinity' ||
  value === '-Infinity';
