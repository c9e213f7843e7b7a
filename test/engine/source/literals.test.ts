import assert from 'node:assert/strict';
import { span } from '../../../engine/base/span.ts';
import { literalOf } from '../../../engine/source/literals.ts';

/** `«»` stand round the call that made the leaf, `‹›` round the number that is to be found. */
function find(marked: string, shape: readonly number[], element: number): { found: string; wanted: string } {
  const wanted = /‹(.*?)›/su.exec(marked)?.[1] ?? '';
  const text = marked.replaceAll(/[«»‹›]/gu, '');
  const plain = marked.replaceAll(/[‹›]/gu, '');
  const start = plain.indexOf('«');
  const call = span(start, plain.indexOf('»') - 1);
  const found = literalOf('model.ts', text, call, shape, element);
  if ('why' in found) return { found: found.why, wanted };
  // A number that stands twice is told apart by where it stands.
  const at = marked.replaceAll(/[«»]/gu, '').indexOf('‹');
  assert.equal(found.span.start, at, marked);
  return { found: text.slice(found.span.start, found.span.end), wanted };
}

const library = "import { param, tensor, input, full, zeros, randn, eye, stack } from 'retrograd';\n";

describe('the number that a leaf was made of', () => {
  const scalars: readonly string[] = [
    'const w = «param(‹0.25›)»;',
    'const w = «param(‹-0.5›)»;',
    'const w = «param(‹+0.5›)»;',
    'const w = «param(‹1e-3›)»;',
    'const w = «param(‹-1.5E+3›)»;',
    'const w = «param(‹.5›)»;',
    'const w = «param(‹5.›)»;',
    'const w = «param(‹1_000›)»;',
    'const w = «param(‹0x10›)»;',
    'const w = «param(‹0b101›)»;',
    'const w = «param((‹0.25›))»;',
    'const w = «param(‹-(0.25)›)»;',
    'const w = «param(‹- /* half */ 0.5›)»;',
    'const w = «param(/* start */ ‹0.25› /* end */)»;',
    'const w = «param(‹0.25› as number)»;',
    'const w = «param(‹0.25›!)»;',
    'const w = «param(‹0.25› satisfies number)»;',
    'const w = «param(‹0.25›,)»;',
    "const w = «param(‹0.25›, { dtype: 'float64' })»;",
    'const w = «param(\n  // the weight\n  ‹0.25›,\n)»;',
    'export const m = model(() => «input(‹2›)».square());',
    'const w = «param(tensor(‹0.25›))»;',
    'const w = «full([], ‹0.25›)»;',
    'const start = ‹0.25›;\nconst w = «param(start)»;',
    'const start: number = ‹-0.25›;\nconst w = «param(start)»;',
    'function f() { const start = ‹0.25›; return «param(start)»; }',
  ];
  for (const text of scalars) {
    it(text.replaceAll('\n', '⏎'), () => {
      const { found, wanted } = find(library + text, [], 0);
      assert.equal(found, wanted);
    });
  }

  const elements: readonly (readonly [text: string, shape: number[], element: number])[] = [
    ['const w = «param([1, ‹2›, 3])»;', [3], 1],
    ['const w = «param([1, 1, ‹1›])»;', [3], 2],
    ['const w = «tensor([[1, 2], [‹-3›, 4]])»;', [2, 2], 2],
    ['const w = «input([[[1], [2]], [[3], [‹4›]]])»;', [2, 2, 1], 3],
    ['const w = «param([[1, 2], [3, ‹4e0›]] as const)»;', [2, 2], 3],
    ['const w = «param(new Float32Array([1, ‹2›]))»;', [2], 1],
    ['const w = «param(Float64Array.of(1, ‹2›))»;', [2], 1],
    ['const w = «param([[1, 2], [3, ‹4›],])»;', [2, 2], 3],
    ['const w = «param(tensor([0, ‹1›]))»;', [2], 1],
    ['const rows = [[0, 0], [0, ‹1›]];\nconst x = «input(rows)»;', [2, 2], 3],
    ['const last = ‹4›;\nconst w = «param([1, last])»;', [2], 1],
    ['const row = [3, ‹4›];\nconst w = «param([[1, 2], row])»;', [2, 2], 3],
    ['const w = «full([1, 1], ‹0.25›)»;', [1, 1], 0],
  ];
  for (const [text, shape, element] of elements) {
    it(`${text.replaceAll('\n', '⏎')} at ${element}`, () => {
      const { found, wanted } = find(library + text, shape, element);
      assert.equal(found, wanted);
    });
  }

  it('under another name, and in a namespace', () => {
    assert.equal(find("import { param as p } from 'retrograd';\n«p(‹2›)»;", [], 0).found, '2');
    assert.equal(find("import * as rg from 'retrograd';\n«rg.param(‹2›)»;", [], 0).found, '2');
  });

  const none: readonly (readonly [text: string, shape: number[], element: number, why: RegExp])[] = [
    ['«randn([2, 2])»', [2, 2], 0, /^It was drawn at random by randn\.$/],
    ['«param(randn([2, 2]))»', [2, 2], 0, /^It was drawn at random by randn\.$/],
    ['«param(randn([2]).mul(0.1))»', [2], 0, /^randn\(\[2\]\)\.mul\(0\.1\) is not written out as numbers\.$/],
    ['«zeros([2])»', [2], 0, /^zeros makes it by a rule/],
    ['«full([2], 0.5)»', [2], 0, /^full makes it by a rule/],
    ['«eye(3)»', [3, 3], 0, /^eye makes it by a rule/],
    ['«param(2 * 3)»', [], 0, /^2 \* 3 is an expression, not a number\.$/],
    ['«param(Math.PI)»', [], 0, /^Math\.PI is an expression/],
    ['«param(Infinity)»', [], 0, /^Infinity is an expression/],
    ['«param(-Infinity)»', [], 0, /^-Infinity is an expression/],
    ['«param(- -1)»', [], 0, /is an expression/],
    ['«param(flag ? 0.1 : 0.2)»', [], 0, /is an expression/],
    ['«param(start ?? 0.1)»', [], 0, /is an expression/],
    ['«param(<number>0.25)»', [], 0, /is an expression/],
    ['«param(true)»', [], 0, /^true is an expression/],
    ['«param([...rows, 1])»', [3], 2, /put together with “…”/],
    ['«param(rows.map((x) => x * 2))»', [3], 2, /is not written out as numbers/],
    ['«param([1, , 3])»', [3], 1, /has no such element/],
    ['«param([1, 2])»', [3], 2, /has no such element/],
    ['let start = 1; «param(start)»', [], 0, /^It comes from start, which is no constant of this file\.$/],
    ["import rows from './rows.json'; «input(rows)»", [2], 0, /^It comes from rows, which is no constant/],
    [
      'const start = 1; const other = start; «param(start)»',
      [],
      0,
      /^It comes from start, which is used in other places too\.$/,
    ],
    ['export const start = 1; «param(start)»', [], 0, /^It comes from start, which is used in other places too\.$/],
    ['for (const x of [1, 2]) «param(x)»', [], 0, /^It comes from x, which is no constant/],
    ['function f(x) { return «param(x)»; }', [], 0, /^It comes from x, which is no constant/],
    ['«weight()»', [], 0, /^It comes from weight, which is no tensor written out\.$/],
    ['«net.weight()»', [], 0, /^It comes from net\.weight, which is no tensor written out\.$/],
    ['«stack([a, b])»', [2], 0, /^stack\(\[a, b\]\) is no tensor written out\.$/],
    ['«param()»', [], 0, /is no tensor written out/],
  ];
  for (const [text, shape, element, why] of none) {
    it(`is not there: ${text}`, () => assert.match(find(`${library}${text};`, shape, element).found, why));
  }

  it('is not there, and nothing is thrown, where nothing of the kind stands', () => {
    for (const [start, end] of [
      [0, 0],
      [3, 9],
      [5000, 6000],
    ] as const)
      assert.ok('why' in literalOf('model.ts', library, span(start, end), [], 0));
  });
});
