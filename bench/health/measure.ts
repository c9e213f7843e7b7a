/** What is measured of health, as one module that can be bundled: everything that a run is examined with. */
import { leaksOf } from '../../engine/analysis/health/leak.ts';
import { findingsOf } from '../../engine/explain/health/findings.ts';
import { PassView } from '../../engine/explain/pass-view.ts';
import type { Trace } from '../../engine/trace/format.ts';

export interface Examined {
  /** Milliseconds by stage. */
  readonly stages: ReadonlyMap<string, number>;
  readonly findings: number;
  readonly parameters: number;
}

/** Nothing known beforehand: the graph of the pass, all rules with their words, and the whole way to the parameter farthest from the loss. */
export function examined(trace: Trace): Examined {
  const pass = trace.passes[0]!;
  const stages = new Map<string, number>();
  let last = performance.now();
  const lap = (stage: string): void => {
    const now = performance.now();
    stages.set(stage, now - last);
    last = now;
  };
  const view = new PassView(trace, pass, 'named');
  lap('the view of the pass');
  const findings = findingsOf(view);
  lap('all rules, in words');
  const { graph } = view;
  const parameters = graph.nodes.filter((id) => graph.node(id).kind === 'parameter');
  const [first] = parameters;
  if (first !== undefined) leaksOf(graph, first);
  lap('where one parameter loses its gradient');
  return { stages, findings: findings.length, parameters: parameters.length };
}
