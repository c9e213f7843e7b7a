import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import type { GraphView } from '../../../engine/explain/view.ts';
import { dotOf } from '../../../engine/export/dot.ts';
import { clipped } from '../../../engine/export/face.ts';
import { legible } from '../../../engine/base/legible.ts';
import { mermaidOf } from '../../../engine/export/mermaid.ts';
import { svgOf } from '../../../engine/export/svg.ts';
import { layered } from '../../../engine/picture/layout.ts';
import { anyText, graphNamed, hostileTexts } from './hostile.ts';

const names = fc.array(anyText, { minLength: 1, maxLength: 12 });

describe('a graph as SVG', () => {
  const allowed = new Set(['svg', 'title', 'style', 'rect', 'path', 'text', 'g']);

  it('is well-formed, and holds nothing but shapes and text, whatever the names', () => {
    fc.assert(
      fc.property(names, (given) => {
        const { text } = svgOf(pictured(given).graph, pictured(given).layout);
        assert.equal(XMLValidator.validate(text), true);
        for (const { tag, attributes } of elementsOf(text)) {
          assert.ok(allowed.has(tag), tag);
          for (const [name, value] of attributes) {
            assert.doesNotMatch(name, /^on|href/i);
            if (name !== 'xmlns') assert.doesNotMatch(value, /:|url/i, `${name}="${value}"`);
          }
        }
      }),
      { seed: 61, numRuns: 200 },
    );
  });

  it('writes every name as it is', () => {
    const { graph, layout } = pictured(hostileTexts);
    const written = textsOf(svgOf(graph, layout).text);
    for (const name of hostileTexts) assert.ok(written.includes(blanksAsOne(legible(name))), JSON.stringify(name));
  });

  it('has one scheme, the other, or both', () => {
    const { graph, layout } = pictured(['w', 'L']);
    const css = (theme: 'auto' | 'light' | 'dark'): string => svgOf(graph, layout, theme).text;
    assert.match(css('auto'), /prefers-color-scheme:dark/);
    assert.match(css('light'), /\.rg-ground\{fill:#ffffff\}/);
    assert.doesNotMatch(css('light'), /prefers|#1f1f1f/);
    assert.match(css('dark'), /\.rg-ground\{fill:#1f1f1f\}/);
    assert.doesNotMatch(css('dark'), /prefers|#ffffff/);
  });
});

describe('a graph as Graphviz DOT', function () {
  this.timeout(20_000);

  it('is accepted by dot, which reads every name as it is', function () {
    if (spawnSync('dot', ['-V']).error) {
      console.log('      Graphviz is not installed: its own reading of the files is not tried.');
      return this.skip();
    }
    const random = fc.sample(anyText, { seed: 62, numRuns: 150 });
    for (const given of [hostileTexts, random]) {
      const graph = graphNamed(given);
      const { status, stdout, stderr } = spawnSync('dot', ['-Tjson'], { input: dotOf(graph), encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      const { objects, edges } = JSON.parse(stdout) as { objects: { name: string; label: string }[]; edges: unknown[] };
      assert.deepEqual(
        objects.map(({ name }) => name),
        given.map((_, i) => `n${i}`),
      );
      assert.equal(edges.length, given.length - 1);
      const drawn = textsOf(spawnSync('dot', ['-Tsvg'], { input: dotOf(graph), encoding: 'utf8' }).stdout);
      for (const name of given)
        for (const line of clipped(legible(name)).split(/\r?\n|\r/))
          if (line.trim() !== '') assert.ok(drawn.includes(blanksAsOne(line)), JSON.stringify(line));
    }
  });

  it('has no string that ends before its end', () => {
    fc.assert(
      fc.property(names, (given) => {
        for (const line of dotOf(graphNamed(given)).trimEnd().split('\n'))
          assert.match(
            line,
            /^(?:digraph "[^"\n]*" \{|\}|  (?:n\d+(?: -> n\d+)?|graph|node|edge)(?: \[(?:[a-z]+=(?:"[^"]*"|[\w.]+)(?:, )?)+\])?;)$/,
          );
      }),
      { seed: 63, numRuns: 200 },
    );
  });
});

describe('a graph as a Mermaid flowchart', () => {
  // Of the grammar of flowcharts, the statements that are used; inside quotes no sign that Mermaid gives a meaning.
  const quoted = '"((?:[^"`<>{}\\\\%#;&$~^|@!?\']|#\\d+;|<br/>)*)"';
  const shape = `(?:\\[${quoted}\\]|\\(${quoted}\\)|\\(\\[${quoted}\\]\\)|\\[/${quoted}/\\])`;
  const statement = new RegExp(`^  (?:n\\d+${shape}|n\\d+ -->(?:\\|${quoted}\\|)? n\\d+)$`, 'u');

  it('follows the grammar, whatever the names', () => {
    fc.assert(
      fc.property(names, (given) => {
        const [title, head, ...lines] = mermaidOf(graphNamed(given)).trimEnd().split('\n');
        assert.match(title!, /^%% [\p{L}\p{N} .,:=−∞]*$/u);
        assert.equal(head, 'flowchart TB');
        for (const line of lines) assert.match(line, statement);
        assert.equal(lines.length, given.length * 2 - 1);
      }),
      { seed: 64, numRuns: 200 },
    );
  });

  it('says every name as it is, once its entities are read', () => {
    const text = mermaidOf(graphNamed(hostileTexts)).replace(/#(\d+);/g, (_, code) =>
      String.fromCharCode(Number(code)),
    );
    for (const name of hostileTexts)
      assert.ok(text.includes(blanksAsOne(clipped(legible(name)))), JSON.stringify(name));
  });
});

function pictured(given: readonly string[]): { graph: GraphView; layout: ReturnType<typeof layered> } {
  const graph = graphNamed(given);
  return { graph, layout: layered(graph, 'down') };
}

const blanksAsOne = (text: string): string => text.replace(/\s+/g, ' ');
interface ElementRead {
  readonly tag: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

type Ordered = readonly Readonly<Record<string, unknown>>[];
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
});

function elementsOf(xml: string): ElementRead[] {
  const walk = (parts: Ordered): ElementRead[] =>
    parts.flatMap((part) =>
      Object.entries(part).flatMap(([tag, children]) =>
        tag.startsWith('#') || tag === ':@' || tag.startsWith('?') || tag.startsWith('!')
          ? []
          : [
              { tag, attributes: Object.entries((part[':@'] ?? {}) as Record<string, string>) },
              ...walk(children as Ordered),
            ],
      ),
    );
  return walk(parser.parse(xml) as Ordered);
}

/** What stands in `<text>` elements, by a reader of XML that is not ours. */
function textsOf(xml: string): string[] {
  return [...xml.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    blanksAsOne(
      text!.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (_, decimal?: string, hex?: string, name?: string) =>
        name === undefined
          ? String.fromCodePoint(decimal === undefined ? parseInt(hex!, 16) : Number(decimal))
          : ({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" } as Record<string, string>)[name]!,
      ),
    ),
  );
}
