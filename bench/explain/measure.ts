import type { NodeId } from '../../engine/base/brand.ts';
import { Chains } from '../../engine/analysis/chain.ts';
import { fold } from '../../engine/analysis/folds.ts';
import { PassGraph } from '../../engine/analysis/pass-graph.ts';
import { buildCard } from '../../engine/explain/card.ts';
import { hoverMarkdown } from '../../engine/explain/hover.ts';
import { PassView } from '../../engine/explain/pass-view.ts';
import { pathsOf } from '../../engine/explain/paths.ts';
import { termsOf } from '../../engine/explain/terms.ts';
import { whyView } from '../../engine/explain/why.ts';
import type { Trace } from '../../engine/trace/format.ts';

/** Milliseconds by stage. */
export type Stages = ReadonlyMap<string, number>;

class Watch {
  readonly stages = new Map<string, number>();
  time<Result>(stage: string, work: () => Result): Result {
    const started = performance.now();
    const result = work();
    this.stages.set(stage, (this.stages.get(stage) ?? 0) + performance.now() - started);
    return result;
  }
}

/** Hover cards of nodes spread over the trace, nothing known beforehand: each from a view of its own. */
export function coldCards(trace: Trace, count: number): Stages[] {
  const shown = nodesOf(trace);
  const step = Math.max(1, Math.floor(shown.length / count));
  return shown
    .filter((_, i) => i % step === 0)
    .map((id) => {
      const watch = new Watch();
      const view = watch.time('graph, folds, names', () => new PassView(trace, trace.passes[0]!, 'named'));
      watch.time('terms', () => termsOf(view, id));
      watch.time('paths', () => pathsOf(view, id));
      watch.time('way to the loss, to light up', () => view.chains.reach(id));
      watch.time('why null, why zero', () => whyView(view, id));
      const card = watch.time('the rest of the card', () => buildCard(view, id));
      watch.time('Markdown', () => hoverMarkdown(card));
      return watch.stages;
    });
}

/** Hover cards of all nodes, one after the other, as a pointer asks for them in one view. */
export function warmCards(trace: Trace): number[] {
  const view = new PassView(trace, trace.passes[0]!, 'named');
  return nodesOf(trace).map((id) => {
    const started = performance.now();
    hoverMarkdown(buildCard(view, id));
    return performance.now() - started;
  });
}

/** The number of paths of every node of a pass, from the bare trace. */
export function counts(
  trace: Trace,
  granularity: 'named' | 'op',
): { readonly stages: Stages; readonly digits: number } {
  const watch = new Watch();
  const graph = watch.time('graph', () => new PassGraph(trace, trace.passes[0]!));
  const folding = watch.time('folds', () => fold(graph, granularity === 'op' ? 'all' : new Set()));
  const chains = new Chains(graph, folding);
  const first = graph.nodes[0]!;
  const count = watch.time('counting', () => chains.pathCount(first));
  return { stages: watch.stages, digits: String(count).length };
}

const nodesOf = (trace: Trace): NodeId[] => [
  ...new PassView(trace, trace.passes[0]!, 'named').chains.folding.folds.keys(),
];
