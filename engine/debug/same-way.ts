import type { Launched } from './launch.ts';

/**
 * Whether two runs of a program made the same nodes of the same places, in the same order, and went the same way back: then
 * whatever was found in one is at the same place of the other, and only numbers differ.
 */
export function takesSameWay(a: Launched, b: Launched): boolean {
  const [before, after] = [a.graph.pass, b.graph.pass];
  if (a.part !== b.part || before.loss !== after.loss || !sameList(before.nodes, after.nodes)) return false;
  if (a.trace.scopes.length !== b.trace.scopes.length) return false;
  if (before.contributions.length !== after.contributions.length) return false;
  const sameNodes = before.nodes.every((id) => {
    const [one, other] = [a.graph.node(id), b.graph.node(id)];
    return (
      one.op === other.op &&
      one.scope === other.scope &&
      one.name === other.name &&
      sameList(one.inputs, other.inputs) &&
      sameList(one.shape, other.shape) &&
      sameList(one.sites, other.sites)
    );
  });
  if (!sameNodes) return false;
  return before.contributions.every(({ node, input }, i) => {
    const other = after.contributions[i]!;
    return node === other.node && input === other.input;
  });
}

const sameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i]);
