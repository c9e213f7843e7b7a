import type { NodeId, ScopeId, SiteId } from '../base/brand.ts';
import type { TypedArray } from '../tensor/dtype.ts';
import type { Content, Contribution, Pass, Scope, Trace, TraceNode } from './format.ts';
import {
  type PackedContents,
  type PackedNodes,
  type PackedPass,
  type PackedScopes,
  type PackedTrace,
  packedDtypes,
  packedKinds,
} from './packed.ts';
import { contentOf } from './statistics.ts';

/** The trace that was packed. */
export function unpacked({ scopes, contents, nodes, passes, ...rest }: PackedTrace): Trace {
  const contentAt = contentsOf(contents);
  return {
    format: 'retrograd-trace/1',
    ...rest,
    scopes: scopesOf(scopes),
    nodes: nodesOf(nodes, contentAt),
    passes: passes.map((pass) => passOf(pass, contentAt)),
  };
}

type ContentAt = (number: number) => Content;

/** Each content is made once, however many share it. */
function contentsOf({ numbers, dtypes, others }: PackedContents): ContentAt {
  const made: Content[] = [];
  return (number) => (number < 0 ? others[-1 - number]! : (made[number] ??= single(dtypes[number]!, numbers[number]!)));
}

const single = (dtype: number, number: number): Content => contentOf(arrayOf(dtype, number));

function arrayOf(dtype: number, number: number): TypedArray {
  switch (packedDtypes[dtype]!) {
    case 'float32':
      return Float32Array.of(number);
    case 'float64':
      return Float64Array.of(number);
    case 'int32':
      return Int32Array.of(number);
    case 'bool':
      return Uint8Array.of(number);
  }
}

function scopesOf({ entered, rows }: PackedScopes): Scope[] {
  const scopes: Scope[] = [];
  for (let at = 0; at < rows.length; at += 3) {
    const { kind, name, file, span } = entered[rows[at + 1]!]!;
    const parent = rows[at]! < 0 ? null : (rows[at] as ScopeId);
    scopes.push({ id: scopes.length as ScopeId, parent, kind, name, index: rows[at + 2]!, file, span });
  }
  return scopes;
}

function nodesOf({ texts, attributes, shapes, rows }: PackedNodes, contentAt: ContentAt): TraceNode[] {
  const nodes: TraceNode[] = [];
  let at = 0;
  const next = (): number => rows[at++]!;
  const list = (count: number): number[] => Array.from(rows.subarray(at, (at += count)));
  while (at < rows.length) {
    const [op, kind] = [texts[next()]!, packedKinds[next()]!];
    const [own, dtype, shape] = [attributes[next()]!, packedDtypes[next()]!, shapes[next()]!];
    const [requiresGrad, name, scope, value] = [next() === 1, next(), next() as ScopeId, contentAt(next())];
    const [inputCount, siteCount] = [next(), next()];
    nodes.push({
      id: nodes.length as NodeId,
      op,
      kind,
      inputs: list(inputCount) as NodeId[],
      attributes: own,
      dtype,
      shape,
      requiresGrad,
      name: name < 0 ? null : texts[name]!,
      sites: list(siteCount) as SiteId[],
      scope,
      value,
    });
  }
  return nodes;
}

function passOf({ nodes, gradients: pairs, contributions: triples, ...rest }: PackedPass, contentAt: ContentAt): Pass {
  const gradients = new Map<NodeId, Content>();
  for (let i = 0; i < pairs.length; i += 2) gradients.set(pairs[i] as NodeId, contentAt(pairs[i + 1]!));
  const contributions: Contribution[] = [];
  for (let i = 0; i < triples.length; i += 3)
    contributions.push({ node: triples[i] as NodeId, input: triples[i + 1]!, value: contentAt(triples[i + 2]!) });
  return { ...rest, nodes: Array.from(nodes) as NodeId[], gradients, contributions };
}
