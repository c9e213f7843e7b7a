import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import type { Rule } from '../rule.ts';

/** A parameter that was made and that nothing uses. */
export const unusedParameter: Rule = {
  id: 'unused-parameter',
  check: ({ graph }) => {
    // With several models in a file, each looks at its own; what none uses is told once, by the first.
    if (graph.trace.passes[0] !== graph.pass) return [];
    const used = new Uint8Array(graph.trace.nodes.length);
    for (const { inputs } of graph.trace.nodes) for (const input of inputs) used[input] = 1;
    const findings = graph.trace.nodes.flatMap(({ id, kind, shape }): Finding[] =>
      kind !== 'parameter' || used[id] === 1
        ? []
        : [
            {
              rule: 'unused-parameter',
              severity: 'info',
              confidence: 'certain',
              node: id,
              culprit: null,
              along: [id],
              evidence: { elements: shape.reduce((product, size) => product * size, 1) },
            },
          ],
    );
    // What layers make inside themselves has a name and a place only where the layer is used.
    const isPlaced = ({ node }: Finding): boolean => graph.trace.nodes[node]!.sites.length > 0;
    return grouped(
      findings,
      (finding) => (isPlaced(finding) ? `node ${finding.node}` : 'of layers'),
      () => 0,
    );
  },
};
