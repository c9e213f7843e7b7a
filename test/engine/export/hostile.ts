import fc from 'fast-check';
import type { ModulePath, NodeId } from '../../../engine/base/brand.ts';
import { span } from '../../../engine/base/span.ts';
import type { GraphView, NodeView } from '../../../engine/explain/view.ts';

/** What tries to be more than a name, wherever it is put. */
export const hostileTexts = [
  '"',
  "'",
  '`x`',
  '-->',
  '<!--',
  ']]>',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '"]; evil [label="',
  '\\',
  '\\"',
  '\\N \\G \\l',
  '&amp; &lt; &#65;',
  '#quot; #35;',
  '%%{init: {"securityLevel": "loose"}}%%',
  '**bold** _it_',
  'end',
  'a|b"|c',
  'a\nb\r\nc\td',
  '\u0000\u0007\u001b[31m\u009b31m',
  '\ud800 half',
  '\uffff',
  '∂L/∂θ² ⊙ 名前 🙂',
  'x'.repeat(300),
  '}',
  ';',
  '$$x^2$$',
];

export const anyText = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...hostileTexts), { maxLength: 4 }).map((texts) => texts.join('')) },
);

/** A chain of nodes with these names, the last one the loss; every other text in it is the name too. */
export function graphNamed(names: readonly string[], model = names[0]!): GraphView {
  const nodes = names.map((name, i): NodeView => {
    const number = { text: name, magnitude: 10 ** -i, scalar: null, rows: [], histogram: [0, 2, 1], data: null };
    return {
      id: i as NodeId,
      name,
      sourceName: name,
      op: name,
      kind: i === names.length - 1 ? 'loss' : (['parameter', 'input', 'constant', 'op'] as const)[i % 4]!,
      shape: i % 3 === 0 ? 'scalar' : name,
      dtype: 'float32',
      value: number,
      gradient: i % 5 === 0 ? null : number,
      noGradient: null,
      source: { file: name as ModulePath, span: span(0, 1), line: 1 },
      ops: [i as NodeId],
      scope: [],
      element: null,
    };
  });
  const edges = nodes.slice(1).map(({ id }) => ({ from: (id - 1) as NodeId, to: id, label: names[id]! }));
  return {
    model,
    models: [model],
    granularity: 'named',
    loss: (names.length - 1) as NodeId,
    nodes,
    edges,
    structure: names.join('|'),
    step: null,
    element: null,
  };
}
