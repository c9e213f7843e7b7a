import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import ts from 'typescript';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { instrument } from '../../../engine/source/index.ts';
import { programs } from './programs.ts';

const fixtures = new URL('../../fixtures/source/', import.meta.url);
const engine = new URL('../../../engine/source/', import.meta.url);

/** Files as people write them: the fixtures, the tricky programs, and the code under test itself. */
const texts: readonly string[] = [
  ...readdirSync(fixtures).map((name) => readFileSync(new URL(`${name}/input.ts`, fixtures), 'utf8')),
  ...readdirSync(engine, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, engine), 'utf8')),
  ...Object.values(programs),
];

interface Mutation {
  readonly kind: 'delete' | 'insert' | 'duplicate';
  readonly at: number;
  readonly length: number;
  readonly piece: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'duplicate'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  piece: fc.constantFrom(
    '(',
    ')',
    '{',
    '}',
    '`',
    '${',
    '/*',
    '"',
    '<',
    '>',
    ' as T',
    '=>',
    'async ',
    'for (const [a] of b) ',
    '\n',
    '?.',
    ';',
    'enum E {',
    '@',
    '#x',
    '\u2028',
    '\ud800',
    '...',
    '= ',
  ),
});

function mutate(text: string, { kind, at, length, piece }: Mutation): string {
  const start = Math.floor(at * text.length);
  if (kind === 'insert') return text.slice(0, start) + piece + text.slice(start);
  const end = start + length;
  return kind === 'delete' ? text.slice(0, start) + text.slice(end) : text.slice(0, end) + text.slice(start);
}

let freshPaths = 0;
const fresh = (text: string) => instrument(`fresh-${freshPaths++}.ts` as ModulePath, text, 3);

/** Everything but the path, which differs on purpose. */
const comparable = ({ value, problems }: ReturnType<typeof instrument>): string => {
  const { code, runnable, sites, scopes, imports, models } = value;
  return JSON.stringify({ code, runnable, sites, scopes, imports, models, problems })
    .replaceAll(/"file":"[^"]*",/g, '')
    .replaceAll(/"path":"[^"]*",/g, '');
};

function parses(code: string): boolean {
  const tree = ts.createSourceFile('out.js', code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS) as ts.SourceFile & {
    parseDiagnostics: ts.Diagnostic[];
  };
  return tree.parseDiagnostics.length === 0;
}

describe('instrumenting any text', () => {
  it('leaves every file of the project able to run', () => {
    for (const text of texts.filter((each) => !each.includes('syntax') && !each.includes('enum '))) {
      const { value } = fresh(text);
      if (value.runnable) assert.ok(parses(value.code), value.code);
    }
  });

  it('never throws, reports every problem inside the text, and gives code that parses or none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 4 }), (text, mutations) => {
        const broken = mutations.reduce(mutate, text);
        const { value, problems } = fresh(broken);
        for (const { code, span } of problems) {
          assert.notEqual(code, 'internal');
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= broken.length);
        }
        assert.equal(
          value.runnable,
          problems.every(({ code }) => code === 'async-model'),
        );
        if (value.runnable) {
          assert.ok(parses(value.code), value.code);
          assert.equal(value.code.split('\n').length, broken.split('\n').length);
        }
        for (const { span } of value.sites)
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= broken.length);
        const ids = [...value.sites, ...value.scopes].map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length, 'ids are distinct');
      }),
      { numRuns: 400 },
    );
  });

  it('gives after any edits of one file what it gives for the text afresh', () => {
    let file = 0;
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 6 }), (text, mutations) => {
        const path = `edited-${file++}.ts` as ModulePath;
        let current = text;
        instrument(path, current, 3);
        for (const each of mutations) {
          current = mutate(current, each);
          assert.equal(comparable(instrument(path, current, 3)), comparable(fresh(current)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('says so when a text is nested too deeply, and recovers', () => {
    const path = 'deep.ts' as ModulePath;
    const { value, problems } = instrument(path, `const x = ${'('.repeat(50_000)}1${')'.repeat(50_000)};`, 0);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['too-large'],
    );
    assert.equal(value.runnable, false);
    assert.equal(instrument(path, 'const x = 1;', 0).value.code, 'const x = 1;');
  });
});
