import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { parseTrace, writeTrace } from '../../../engine/trace/json.ts';
import { retrograd, root } from '../../examples/command-line.ts';

const chain = join(root, 'examples/two-layer-chain.ts');

describe('retrograd export', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'retrograd-export-'));
    writeFileSync(
      join(folder, 'two.ts'),
      `import { input, model, nn, param } from 'retrograd';
const layer = new nn.Linear(2, 3);
const w = param(2);
export const first = model(() => { const h = layer.forward(input([[1, 2]])); const y = h.tanh(); return y.sum(); });
export const second = model(() => w.mul(input(3)).square());
`,
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  const exported = (...args: string[]): string => {
    const { code, out, err } = retrograd(['export', ...args]);
    assert.equal(err, '');
    assert.equal(code, 0);
    return out;
  };

  it('writes the graph with its numbers as DOT, Mermaid and SVG', () => {
    // w₁ = 0.8, ∂E/∂w₁ = 0.1018: worked out by hand in the example's own test.
    assert.match(exported(chain, '--format', 'dot'), /n0 \[label="w₁\\nparam\\n0\.8000\\n∂ 0\.1018"/);
    assert.match(exported(chain, '--format', 'mermaid'), /n0\("w₁ · param<br\/>0\.8000 · ∂ 0\.1018"\)/);
    const svg = exported(chain, '--format', 'svg');
    assert.equal(XMLValidator.validate(svg), true);
    assert.match(svg, /<title>chain: E = 0\.1993<\/title>/);
    assert.match(svg, /<text[^>]*>∂ 0\.1018<\/text>/);
  });

  it('lays an SVG out as the panel does: nothing overlaps, and edges run downwards', () => {
    const svg = exported(chain, '--format', 'svg');
    const boxes = [
      ...svg.matchAll(
        /<g transform="translate\(([\d.]+) ([\d.]+)\)"><title>[^<]*<\/title><rect class="rg-card[^"]*" width="([\d.]+)" height="([\d.]+)"/g,
      ),
    ].map((found) => found.slice(1).map(Number) as [number, number, number, number]);
    assert.equal(boxes.length, 11);
    for (const [i, [x, y, width, height]] of boxes.entries())
      for (const [u, v] of boxes.slice(i + 1))
        assert.ok(u >= x + width || v >= y + height || u + width <= x || v + height <= y);
    for (const [, from, to] of svg.matchAll(/class="rg-edge" d="M[\d.]+,([\d.]+).*?,([\d.]+)"/g))
      assert.ok(Number(from) < Number(to));
  });

  it('writes the whole run as a trace that reads back, and takes such a trace for a model', () => {
    const file = join(folder, 'chain.trace.json');
    assert.equal(exported(chain, '--format', 'json', '--out', file), `${file} written.\n`);
    const text = readFileSync(file, 'utf8');
    assert.equal(`${writeTrace(parseTrace(text))}\n`, text);
    assert.equal(exported(file, '--format', 'dot'), exported(chain, '--format', 'dot'));
  });

  it('shows modules, names or ops', () => {
    const two = join(folder, 'two.ts');
    const labels = (level: string): string[] =>
      [...exported(two, '--format', 'dot', '--level', level).matchAll(/n\d+ \[label="(.*?)\\n(.*?)\\n/g)].map(
        ([, name, op]) => `${name}: ${op}`,
      );
    const inside = /weight|bias/;
    assert.ok(labels('module').includes('h: layer [1, 3]'), labels('module').join('; '));
    assert.ok(!labels('module').some((label) => inside.test(label)), labels('module').join('; '));
    assert.ok(labels('named').some((label) => inside.test(label)));
    assert.ok(labels('op').length > labels('named').length);
  });

  it('exports the model that is named', () => {
    const two = join(folder, 'two.ts');
    assert.match(exported(two, '--format', 'dot', '--model', 'second'), /^digraph "second"/);
    const wrong = retrograd(['export', two, '--format', 'dot', '--model', 'secnd']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /There is no model 'secnd'; there is first, second\. Did you mean 'second'\?/);
  });

  it('writes the report as HTML', () => {
    assert.equal(exported(chain, '--format', 'html'), retrograd(['report', chain]).out);
  });

  const wrongUses: readonly [what: string, args: readonly string[], err: RegExp][] = [
    ['no format', [chain], /--format/],
    ['an unknown format', [chain, '--format', 'gif'], /gif/],
    ['a file that is not there', ['nowhere.ts', '--format', 'dot'], /There is no file nowhere\.ts/],
    ['a folder', [root, '--format', 'dot'], /is not a file/],
    ['JSON that is no trace', [join(root, 'package.json'), '--format', 'dot'], /is no trace of a model/],
    ['a place that cannot be written', [chain, '--format', 'dot', '--out', '/nowhere/x.dot'], /could not be written/],
  ];
  for (const [what, args, err] of wrongUses) {
    it(`refuses ${what}`, () => {
      const outcome = retrograd(['export', ...args]);
      assert.equal(outcome.code, 2);
      assert.match(outcome.err, err);
      assert.doesNotMatch(outcome.err, /\n\s+at /);
    });
  }

  it('makes DOT that Graphviz accepts of large graphs', function () {
    if (spawnSync('dot', ['-V']).error) {
      console.log('      Graphviz is not installed: its own reading of the file is not tried.');
      return this.skip();
    }
    const input = exported(join(root, 'examples/rnn.ts'), '--format', 'dot', '--level', 'module');
    const { status, stderr } = spawnSync('dot', ['-Tcanon'], { input, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
});
