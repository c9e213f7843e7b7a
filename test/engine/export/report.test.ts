import assert from 'node:assert/strict';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { reportPage } from '../../../engine/export/report/page.ts';
import { layered } from '../../../engine/picture/layout.ts';
import type { ModelReport } from '../../../engine/explain/report/view.ts';
import type { Card } from '../../../engine/explain/view.ts';
import { join } from 'node:path';
import { retrograd, root } from '../../examples/command-line.ts';
import { anyText, graphNamed } from './hostile.ts';

describe('a report', function () {
  this.timeout(60_000);

  /** Well-formed, fetches nothing, runs nothing. */
  function isInert(page: string): void {
    assert.ok(page.startsWith('<!doctype html>\n<html'));
    const markup = page.slice('<!doctype html>\n'.length);
    assert.equal(XMLValidator.validate(markup), true);
    for (const [tag, attributes] of elementsOf(markup)) {
      assert.ok(
        !['script', 'iframe', 'object', 'embed', 'link', 'img', 'form', 'base', 'foreignObject'].includes(tag),
        tag,
      );
      for (const [name, value] of Object.entries(attributes)) {
        assert.doesNotMatch(name, /^on|^src|^style$|action/i);
        if (name === 'href') assert.match(value, /^#model-\d+$/);
        if (name === 'http-equiv') assert.equal(value, 'Content-Security-Policy');
      }
    }
    assert.match(page, /default-src &#39;none&#39;; script-src &#39;none&#39;/);
    for (const [, css] of markup.matchAll(/<style>([^<]*)<\/style>/g))
      assert.doesNotMatch(css!, /url|@import|expression|\\/i);
  }

  it('of an example tells its numbers: graph, gradients, where they are lost, chain rule, checks', () => {
    const { out, code } = retrograd(['report', join(root, 'examples/two-layer-chain.ts'), '--gradients']);
    assert.equal(code, 0);
    isInert(out);
    // By hand, in the example's own test: ∂E/∂w₁ = −0.6313 · 0.2328 · −1.1 · 0.4200 · 1.5 = 0.1018, with σ′ = Y·(1 − Y) the smallest factor.
    const text = out
      .replace(/<style>[^<]*<\/style>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    assert.match(text, /E = 0\.1993 · ‖∇‖ = 0\.2216 · 11 nodes, 4 parameters/);
    assert.match(text, /Nothing sick was found\./);
    assert.match(text, /w₁ scalar 0\.8000 0\.1018/);
    assert.match(text, /σ′\(u₂\) Y, line 17 −0\.63/);
    assert.match(text, /∂E\/∂w₁ = ∂E\/∂Y · ∂Y\/∂u₂ · ∂u₂\/∂Yⱼ · ∂Yⱼ\/∂u₁ · ∂u₁\/∂w₁ = 0\.1018/);
    assert.match(text, /All 8 gradients agree with central differences\./);
  });

  it('of sick models has their findings, each model a chapter', () => {
    const { out } = retrograd(['report', join(root, 'examples/vanishing.ts')]);
    isInert(out);
    assert.match(out, /class="finding warning"/);
    assert.match(out, /href="#model-1"/);
    assert.match(out, /most is lost here|class="marked"/);
  });

  it('is inert whatever the names are', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), anyText, (names, text) => {
        const graph = graphNamed(names);
        const report = hostileReport(graph, text);
        isInert(reportPage(text, '0.1.0', [report, report]));
      }),
      { seed: 81, numRuns: 100 },
    );
  });
});

function hostileReport(graph: ReturnType<typeof graphNamed>, text: string) {
  const [node] = graph.nodes;
  const reading = node!.value;
  const source = node!.source!;
  const factor = {
    of: text,
    by: text,
    ofNode: node!.id,
    byNode: node!.id,
    symbol: text,
    formula: text,
    numbers: text,
    value: reading,
    product: reading,
    decades: 0,
    kink: text,
    remark: text,
  };
  const term = {
    through: text,
    throughNode: node!.id,
    symbol: text,
    outer: reading,
    formula: text,
    numbers: text,
    local: reading,
    value: reading,
    share: { ratio: 1, text },
  };
  const rest = { count: '7', sum: reading, share: null };
  const card: Card = {
    node: node!,
    title: text,
    gradient: reading,
    terms: [term, term],
    restOfTerms: rest,
    matrices: [],
    cancellation: text,
    paths: [{ nodes: [node!.id], factors: [factor], hidden: { before: 0, count: 3 }, product: reading, share: null }],
    restOfPaths: rest,
    pathCount: '9',
    sum: reading,
    why: {
      kind: 'zeros',
      text,
      causes: [{ cause: 'detach', text, node: node!.id, name: text, place: text, source, elements: 1 }],
    },
    note: text,
    lit: { nodes: [], edges: [] },
  } as unknown as Card;
  const sparkline = { decades: [0], blocks: text, text };
  const bar = {
    label: text,
    place: text,
    source,
    reveals: node!.id,
    count: 2,
    decades: -1,
    text,
    before: 0,
    after: -1,
    norm: text,
    share: text,
    isCulprit: true,
    sparkline,
    lit: { nodes: [], edges: [] },
  };
  const report: ModelReport = {
    graph,
    summary: text,
    findings: [
      {
        rule: 'dead-relu',
        severity: 'warning',
        confidence: 'certain',
        message: text,
        advice: text,
        node: node!.id,
        culprit: null,
        name: text,
        source,
        related: [{ source, message: text }],
        evidence: {},
      },
    ],
    parameters: [
      { name: text, shape: text, value: text, norm: text, decades: -3, noGradient: null, line: 1 },
      { name: text, shape: 'scalar', value: text, norm: text, decades: null, noGradient: text, line: null },
    ],
    cards: [card],
    flows: [
      {
        name: text,
        flow: { node: node!.id, title: text, summary: text, bars: [bar], repetitions: { label: text, sparkline } },
      },
    ],
    withoutCard: 2,
    check: {
      model: text,
      rows: [
        {
          node: node!.id,
          name: text,
          sourceName: text,
          symbol: text,
          verdict: 'differs',
          told: text,
          elements: text,
          relativeError: text,
          worst: { name: text, analytic: text, numeric: text },
          remarks: [text],
          source: null,
          isParameter: true,
        },
      ],
      passed: false,
      summary: text,
      notes: [text],
    },
  };
  return { report, layout: layered(graph, 'down') };
}

type Ordered = readonly Readonly<Record<string, unknown>>[];
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });

function elementsOf(xml: string): [tag: string, attributes: Record<string, string>][] {
  const walk = (parts: Ordered): [string, Record<string, string>][] =>
    parts.flatMap((part) =>
      Object.entries(part).flatMap(([tag, children]): [string, Record<string, string>][] =>
        tag.startsWith('#') || tag === ':@'
          ? []
          : [[tag, (part[':@'] ?? {}) as Record<string, string>], ...walk(children as Ordered)],
      ),
    );
  return walk(parser.parse(xml) as Ordered);
}
