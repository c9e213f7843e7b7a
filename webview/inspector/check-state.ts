import { signal } from '@preact/signals';
import type { NodeId } from '../../engine/base/brand.ts';
import type { GraphView } from '../../engine/explain/view.ts';
import type { CheckProgress, CheckView } from '../../engine/explain/check/view.ts';
import { beginTask, graph } from '../state.ts';

/** What is known of the last check that was asked for. It outlives the tab that shows it. */
export type CheckState =
  | { readonly kind: 'none'; readonly node: null }
  | {
      readonly kind: 'running';
      readonly node: NodeId | null;
      readonly progress: CheckProgress | null;
      readonly stop: () => void;
    }
  | { readonly kind: 'done'; readonly node: NodeId | null; readonly view: CheckView; readonly of: GraphView }
  | { readonly kind: 'failed'; readonly node: NodeId | null; readonly message: string };

export const check = signal<CheckState>({ kind: 'none', node: null });

/** @param node null for all. */
export function startCheck(node: NodeId | null): void {
  const of = graph.value;
  if (!of) return;
  const end = beginTask(
    { kind: 'check', node },
    {
      progress: (progress) => {
        if (check.value.kind === 'running') check.value = { ...check.value, progress };
      },
      done: (view) => {
        check.value = { kind: 'done', node, view, of };
      },
      failed: (message) => {
        check.value = { kind: 'failed', node, message };
      },
    },
  );
  const stop = (): void => {
    end();
    check.value = { kind: 'none', node: null };
  };
  check.value = { kind: 'running', node, progress: null, stop };
}

/** Whether a check speaks of the numbers on screen. */
export function isCurrent(of: GraphView): boolean {
  const now = graph.value;
  return (
    now?.structure === of.structure &&
    now.nodes.every(
      ({ value, gradient }, i) =>
        value.text === of.nodes[i]!.value.text && gradient?.text === of.nodes[i]!.gradient?.text,
    )
  );
}
