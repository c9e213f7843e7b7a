import { computed, effect, signal, untracked } from '@preact/signals';
import { t } from '../../engine/base/l10n.ts';
import type { GraphView, NodeView } from '../../engine/explain/view.ts';
import type { LeafChange, WhatIfView } from '../../engine/explain/what-if/view.ts';
import { beginTask, graph, snapshot, writeBack } from '../state.ts';

/** A number that the reader wants a leaf to hold, and how to find the leaf again after an edit. */
interface Wish extends LeafChange {
  readonly name: string;
  readonly from: number;
}

interface WhatIf {
  readonly wishes: readonly Wish[];
  /** What the host told last; of earlier wishes while it works on newer ones. */
  readonly told: { readonly view: WhatIfView; readonly request: number } | null;
  readonly problem: string | null;
}

/** Null while every number is the text's own. */
export const whatIf = signal<WhatIf | null>(null);
/** Why the last one ended by itself. */
export const farewell = signal<string | null>(null);

/** Leaves of these kinds hold numbers that can be changed. */
export const canChange = ({ kind, dtype, value }: NodeView): boolean =>
  (kind === 'parameter' || kind === 'input' || kind === 'constant') &&
  dtype !== 'bool' &&
  (value.data?.length ?? 0) > 0;

/** What an element of a leaf holds in the what-if, or in the text. */
export function heldBy(node: NodeView, element: number): number {
  const wish = whatIf.value?.wishes.find((one) => one.node === node.id && one.element === element);
  return wish?.to ?? textHas(node, element) ?? NaN;
}

/** What it holds in the text. Undefined while another element of it is followed. */
export function textHas({ value, element: followed }: NodeView, element: number): number | undefined {
  if (followed) return followed.place === element ? (value.scalar ?? undefined) : undefined;
  return value.data?.[element];
}

/** What the host is working on. Newer wishes wait until it has told something of these, so that each is seen while a number is dragged. */
let underWay: { readonly wishes: readonly Wish[]; isPreviewed: boolean } | null = null;
let stop: () => void = () => undefined;
/** The graph that the wishes are about. */
let of: GraphView | null = null;
/** Asked for while the run was still under way: only then is it known where the text has the number. */
let writing: 'no' | 'wanted' | 'asked' = 'no';

export function wish(node: NodeView, element: number, to: number): void {
  const from = textHas(node, element);
  if (from === undefined || !Number.isFinite(to)) return;
  const others = (whatIf.value?.wishes ?? []).filter((one) => one.node !== node.id || one.element !== element);
  const wishes =
    Math.fround(to) === from || to === from
      ? others
      : [...others, { node: node.id, element, to, from, name: nameOf(node) }];
  if (wishes.length === 0) return leave();
  farewell.value = null;
  of = graph.value;
  whatIf.value = { told: null, problem: null, ...whatIf.value, wishes };
  if (!underWay || underWay.isPreviewed) send();
}

/** Back to the numbers of the text. */
export function leave(why: string | null = null): void {
  stop();
  underWay = null;
  writing = 'no';
  whatIf.value = null;
  farewell.value = why;
}

/** The text takes the numbers over; the run of the changed text then takes the place of the what-if. */
export function write(): void {
  const told = whatIf.value?.told;
  writing = told && !told.view.preview ? 'asked' : 'wanted';
  if (writing === 'asked') writeBack(told!.request);
}

function send(): void {
  const { wishes } = whatIf.value!;
  const work = { wishes, isPreviewed: false };
  underWay = work;
  stop = beginTask(
    { kind: 'whatIf', changes: wishes.map(({ node, element, to }) => ({ node, element, to })) },
    {
      progress: (view) => {
        work.isPreviewed = true;
        tell({ told: { view: withLiterals(view), request: 0 } });
        if (whatIf.value && whatIf.value.wishes !== wishes) send();
      },
      done: (view, request) => {
        settle({ told: { view, request }, problem: null });
        if (writing === 'wanted' && !underWay) write();
      },
      failed: (problem) => settle({ problem }),
    },
  );
}

const tell = (found: Partial<WhatIf>): void => {
  if (whatIf.value) whatIf.value = { ...whatIf.value, ...found };
};

function settle(found: Partial<WhatIf>): void {
  const asked = underWay?.wishes;
  underWay = null;
  tell(found);
  if (whatIf.value && whatIf.value.wishes !== asked) send();
}

/** A preview does not know where the text has the numbers; it is where it was for the last one. */
function withLiterals(view: WhatIfView): WhatIfView {
  const known = whatIf.value?.told?.view.changes ?? [];
  const changes = view.changes.map((change) => {
    const same = known.find(({ node, element }) => node === change.node && element === change.element);
    return { ...change, literal: same?.literal ?? null };
  });
  return { ...view, changes };
}

const nameOf = ({ sourceName, name }: NodeView): string => sourceName ?? name;

effect(() => {
  const next = graph.value;
  if (next && next !== of) untracked(() => renew(next));
});

/** A newer run: the wishes stay as long as the leaves are there, and hold what they held. */
function renew(next: GraphView): void {
  const current = whatIf.value;
  if (!current) return;
  const found = current.wishes.map((one) => {
    const node = next.nodes.find((candidate) => nameOf(candidate) === one.name && canChange(candidate));
    return node && (textHas(node, one.element) ?? one.from) === one.from ? { ...one, node: node.id } : null;
  });
  const lost = current.wishes.find((_, i) => found[i] === null);
  if (lost) {
    const why = t('The what-if has ended: {0} is another number in the text now.', lost.name);
    return leave(writing === 'asked' ? null : why);
  }
  of = next;
  whatIf.value = { ...current, wishes: found.flatMap((one) => one ?? []) };
  // Also where nothing changed that is shown: what was told is about the run before.
  if ((!underWay || underWay.isPreviewed) && snapshot.value?.status.kind === 'live') send();
}

/** The graph with the numbers of the what-if in place of those that it changes. */
export const graphAsDrawn = computed<GraphView | null>(() => {
  const view = whatIf.value?.told?.view;
  if (!graph.value || !view) return graph.value;
  const changed = new Map(view.nodes.map((node) => [node.node, node]));
  const nodes = graph.value.nodes.map((node): NodeView => {
    const { value, gradient } = changed.get(node.id) ?? {};
    return {
      ...node,
      value: value ? { ...value.after, text: `→${value.after.text}` } : node.value,
      gradient: gradient ? { ...gradient.after, text: `→${gradient.after.text}` } : node.gradient,
    };
  });
  return { ...graph.value, nodes };
});
