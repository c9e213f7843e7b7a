import type { NodeId } from '../base/brand.ts';
import type { Scope } from '../trace/format.ts';
import type { PassView } from './pass-view.ts';

/**
 * A fold's ops in order of execution, neighbours that are alike named once; a composite op counts once, under its own name,
 * and a module's parts under the module's.
 */
export function opsLabel(view: PassView, ops: readonly NodeId[]): string {
  const labels: string[] = [];
  let last: number | null = null;
  for (const id of ops) {
    const whole = outermost(view, id);
    if (whole !== null && whole.id === last) continue;
    last = whole?.id ?? null;
    labels.push(whole?.name ?? view.graph.node(id).op);
  }
  const distinct = labels.filter((label, i) => label !== labels[i - 1] && label !== 'constant');
  return distinct.length > 4 ? `${distinct.slice(0, 3).join(', ')}, … ${distinct.length}` : distinct.join(', ');
}

/** How many ops there are, and which: the bare ones, without what they are grouped into. */
export function opNames(view: PassView, ops: readonly NodeId[]): [count: number, names: string] {
  const made = ops.filter((id) => view.graph.node(id).kind === 'op');
  const distinct = [...new Set(made.map((id) => view.graph.node(id).op))];
  return [made.length, distinct.length > 6 ? `${distinct.slice(0, 5).join(', ')}, …` : distinct.join(', ')];
}

/** The outermost composite round an op. */
function outermost(view: PassView, id: NodeId): Scope | null {
  let found: Scope | null = null;
  const { scopes } = view.trace;
  for (
    let scope = scopes[view.graph.node(id).scope];
    scope;
    scope = scope.parent === null ? undefined : scopes[scope.parent]
  )
    if (scope.kind === 'composite') found = scope;
  return found;
}
