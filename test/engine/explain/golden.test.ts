import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeId } from '../../../engine/base/brand.ts';
import { locate, requestFor } from '../../../engine/node/cli/run-file.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import { buildCard } from '../../../engine/explain/card.ts';
import { hoverMarkdown } from '../../../engine/explain/hover.ts';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { cardText } from '../../../engine/explain/terminal.ts';
import type { Card } from '../../../engine/explain/view.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(import.meta.dirname, 'golden');
const examples = readdirSync(join(root, 'examples'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace('.ts', ''));

/** What is explained of a model: its first and last parameter, its first input, something in the middle, and its loss. */
function chosen({ graph, names, chains }: PassView): NodeId[] {
  const shown = [...chains.folding.folds.keys()].sort((a, b) => a - b);
  const ofKind = (kind: string): NodeId[] => shown.filter((id) => graph.node(id).kind === kind);
  const parameters = ofKind('parameter');
  const made = ofKind('op').filter((id) => id !== graph.pass.loss && graph.node(id).name !== null);
  const found = [
    parameters[0],
    parameters.at(-1),
    ofKind('input')[0],
    made[Math.floor(made.length / 2)],
    graph.pass.loss,
  ];
  return [...new Set(found.filter((id) => id !== undefined))].filter((id) => names.shown(id) !== '');
}

/** What the panel shows of a card and the terminal does not: what lights up, and where its nodes stand. */
function panelText({ node, lit, paths }: Card, { names }: PassView): string {
  const name = (id: NodeId): string => names.shown(id);
  return [
    `${node.name}: ${node.op}, ${node.shape}, line ${node.source?.line ?? '–'}${node.scope.length > 0 ? `, in ${node.scope.join(' › ')}` : ''}`,
    `lights up ${lit.nodes.map(name).join(' ')}`,
    ...paths.map(({ nodes }, i) => `path ${i + 1} lights up ${nodes.map(name).join(' → ')}`),
  ].join('\n');
}

function textOf(view: PassView): string {
  const parts = chosen(view).map((id) => {
    const card = buildCard(view, id);
    return `──── ${view.pass.name} · ${view.names.written(id)} · terminal\n\n${cardText(card)}\n──── hover\n\n${hoverMarkdown(card)}\n\n──── card\n\n${panelText(card, view)}\n`;
  });
  return parts.join('\n');
}

describe('what is said of every example', () => {
  const runner = startRunner();
  after(() => runner.dispose());

  for (const example of examples) {
    it(`${example} is explained as it was`, async () => {
      // Time enough on a machine that has other things to do.
      const patience = { softDeadline: 20_000, hardDeadline: 25_000 };
      const request = requestFor(locate(join(root, 'examples', `${example}.ts`)));
      const result = await runner.run({ ...request, budget: { ...request.budget, ...patience } });
      const trace = result?.trace;
      assert.ok(trace);
      const text = trace.passes.map((pass) => textOf(new PassView(trace, pass, 'named'))).join('\n');
      const golden = join(folder, `${example}.txt`);
      mkdirSync(folder, { recursive: true });
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
      assert.equal(text, readFileSync(golden, 'utf8'));
    }).timeout(30_000);
  }

  it('has a text for each, and none is left over', () => {
    assert.deepEqual(readdirSync(folder).sort(), examples.map((name) => `${name}.txt`).sort());
  });
});
