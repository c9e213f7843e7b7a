import { sizeOf, type Shape } from '../../engine/tensor/shape.ts';
import { literal, operations } from './operations.ts';
import type { Encoded, ReferenceCase, ReferenceNode } from './reference.ts';

/** What the variable of a node is called in the program. */
export const nameOf = (node: number): string => `v${node}`;

/** An op of the reference has no word in this library. */
export class UnknownOp extends Error {
  override readonly name = 'UnknownOp';
}

/**
 * A case as a user would write it: a module that makes one exported tensor for each node, and runs the backward pass.
 * @throws UnknownOp
 */
export function programOf({ id, nodes, loss }: ReferenceCase, dtype: 'float32' | 'float64'): string {
  const lines = nodes.map((node) => `export const ${nameOf(node.id)} = ${expressionOf(node, dtype)};`);
  return `// ${id.replace(/\s+/g, ' ')}
${importFor(lines)}

${lines.join('\n')}

${nameOf(loss)}.backward();
`;
}

/** Imports what lines of a program call. */
export function importFor(lines: readonly string[]): string {
  const called = lines.flatMap((line) => [...line.matchAll(/(?<![.\w])[a-zA-Z]\w*(?=\()/g)].map(([name]) => name));
  return `import { ${[...new Set(called)].sort().join(', ')} } from 'retrograd';`;
}

function expressionOf(node: ReferenceNode, dtype: 'float32' | 'float64'): string {
  if (node.data) return leaf(node, node.data, dtype);
  // Not every key of an object is its own: a case may name its op `constructor`.
  const write = Object.hasOwn(operations, node.op) ? operations[node.op] : undefined;
  if (write === undefined)
    throw new UnknownOp(`node ${node.id}: there is no word for the op ${JSON.stringify(node.op)}.`);
  return write((node.in ?? []).map(nameOf), node.attrs ?? {});
}

/** Attributes that no word was found for, so that the program is without them: in words. Most say what is so anyhow. */
export function leftOutOf({ nodes }: ReferenceCase): string[] {
  return nodes.flatMap(({ id, op, in: inputs = [], attrs = {} }) => {
    if (!Object.hasOwn(operations, op)) return [];
    const read = new Set<string>();
    const watched = new Proxy(attrs, {
      get: (all, name) => {
        read.add(String(name));
        return Reflect.get(all, name) as unknown;
      },
    });
    operations[op]!(inputs.map(nameOf), watched);
    return Object.entries(attrs)
      .filter(([name, value]) => !read.has(name) && value !== null)
      .map(
        ([name]) =>
          `node ${id} (${op}): there is no word for its attribute ${JSON.stringify(name)}, which was left out`,
      );
  });
}

function leaf({ op, shape, dtype: own = 'float64' }: ReferenceNode, data: readonly Encoded[], dtype: string): string {
  const kept = own === 'int64' || own === 'int32' ? 'int32' : own === 'bool' ? 'bool' : dtype;
  // Nested arrays cannot say how long their arrays would be if there were any.
  if (sizeOf(shape) === 0)
    return `zeros(${literal(shape)}, { dtype: '${kept}'${op === 'input' ? ', requiresGrad: true' : ''} })`;
  return `${op === 'input' ? 'param' : 'tensor'}(${nested(data, shape)}, { dtype: '${kept}' })`;
}

/** Row-major content as nested arrays. */
export function nested(data: readonly Encoded[], shape: Shape): string {
  const [length, ...rest] = shape;
  if (length === undefined) return literal(data[0]);
  const size = sizeOf(rest);
  const parts = Array.from({ length }, (_, i) => nested(data.slice(i * size, (i + 1) * size), rest));
  return `[${parts.join(', ')}]`;
}
