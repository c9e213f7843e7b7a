import type { Encoded, ReferenceCase, ReferenceNode } from './reference.ts';

const dtypes: readonly unknown[] = ['float64', 'float32', 'int64', 'int32', 'bool'];
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isShape = (value: unknown): value is number[] => Array.isArray(value) && value.every(isSize);
const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
const isEncoded = (value: unknown): value is Encoded =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  value === 'NaN' ||
  value === 'Infinity' ||
  value === '-Infinity';

/** Something of a file, in few letters. */
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'missing').slice(0, 60);

/** What keeps an entry from being a case, or null. Nothing of it is known before. */
export function complaintAbout(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return `it is ${shown(entry)}, no object.`;
  const { id, nodes, loss, expected } = entry as { readonly [Key in keyof ReferenceCase]?: unknown };
  if (typeof id !== 'string') return 'it has no id.';
  if (!Array.isArray(nodes) || nodes.length === 0) return `${id} has no list of nodes.`;
  const wrong = nodes.findIndex((node, i) => aboutNode(node, i) !== null);
  if (wrong !== -1) return `node ${wrong} of ${id}: ${aboutNode(nodes[wrong], wrong)!}.`;
  if (!isSize(loss) || loss >= nodes.length)
    return `${id}: its loss ${shown(loss)} is none of its ${nodes.length} nodes.`;
  const lists = expected as { readonly values?: unknown; readonly grads?: unknown } | null | undefined;
  for (const part of ['values', 'grads'] as const) {
    const list = lists?.[part];
    if (!Array.isArray(list) || list.length !== nodes.length)
      return `${id} does not expect ${part} for its ${nodes.length} nodes.`;
    const odd = list.findIndex((one) => one !== null && !(Array.isArray(one) && one.every(isEncoded)));
    if (odd !== -1)
      return `${id}: of node ${odd} it expects ${part} ${shown(list[odd])}; a flat list of numbers was wanted, or null.`;
  }
  if ([lists?.values, lists?.grads].every((list) => (list as unknown[]).every((one) => one === null)))
    return `${id} expects no number at all.`;
  return null;
}

/** What is wrong with a node, or null. */
function aboutNode(entry: unknown, position: number): string | null {
  if (typeof entry !== 'object' || entry === null) return `it is ${shown(entry)}, no object`;
  const node = entry as { readonly [Key in keyof ReferenceNode]?: unknown };
  if (node.id !== position) return `its id is ${shown(node.id)}; ids count from 0`;
  if (typeof node.op !== 'string') return `its op is ${shown(node.op)}`;
  if (!isShape(node.shape)) return `its shape is ${shown(node.shape)}`;
  if (node.data === undefined) return aboutInputs(node.op, node.in, node.attrs, position);
  if (!Array.isArray(node.data) || !node.data.every(isEncoded))
    return `its data are not all numbers, truths, "NaN", "Infinity" or "-Infinity"`;
  if (node.data.length !== sizeOf(node.shape))
    return `it has ${node.data.length} numbers for the shape [${node.shape.join(', ')}]`;
  return node.dtype === undefined || dtypes.includes(node.dtype) ? null : `its dtype is ${shown(node.dtype)}`;
}

function aboutInputs(op: string, inputs: unknown, attributes: unknown, position: number): string | null {
  if (op === 'input' || op === 'const') return `it is a leaf (${op}) without data`;
  if (!Array.isArray(inputs)) return `it has neither data nor a list "in" of its inputs`;
  if (!inputs.every((from) => isSize(from) && from < position))
    return `its inputs ${shown(inputs)} are not all ids of earlier nodes`;
  return attributes === undefined ||
    (typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes))
    ? null
    : `its attrs are ${shown(attributes)}`;
}
