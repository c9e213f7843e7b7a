import assert from 'node:assert/strict';
import { readdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import type { ModulePath } from '../../../engine/base/brand.ts';
import type { Span } from '../../../engine/base/span.ts';
import { instrument } from '../../../engine/source/index.ts';

const folder = new URL('../../fixtures/source/', import.meta.url);
const rewrite = process.env['UPDATE_GOLDEN'] === '1';

/** Everything that instrumenting a text gives, for people to read. */
function told(text: string): string {
  const { value, problems } = instrument('input.ts' as ModulePath, text, 0);
  const at = (span: Span): string => {
    const { line, column } = value.lines.positionAt(span.start);
    const content = text.slice(span.start, span.end).replace(/\s+/g, ' ');
    return `${line}:${column} ${content.length > 60 ? `${content.slice(0, 57)}...` : content}`;
  };
  const sections: Record<string, readonly string[]> = {
    problems: problems.map(({ code, message, span }) => `${code} at ${at(span)}\n  ${message}`),
    models: value.models.map(({ site, name, span }) => `${site} ${name ?? '(no name)'} at ${at(span)}`),
    imports: value.imports.map(({ specifier, json, span }) => `${specifier}${json ? ' (json)' : ''} at ${at(span)}`),
    scopes: value.scopes.map(({ id, kind, name, span }) => `${id} ${kind} ${name} at ${at(span)}`),
    sites: value.sites.map(
      ({ id, kind, name, span, of }) =>
        `${id} ${kind} ${name === null ? '' : `${name} `}at ${at(span)}${of ? ` = ${at(of)}` : ''}`,
    ),
  };
  const code = value.runnable ? value.code : '(not runnable)\n';
  return `${code}${Object.entries(sections)
    .map(([title, lines]) => `\n== ${title}\n${lines.map((line) => `${line}\n`).join('')}`)
    .join('')}`;
}

describe('what instrumenting tells', () => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    it(entry.name, () => {
      assert.ok(entry.isDirectory(), `${entry.name} is no case`);
      const here = new URL(`${entry.name}/`, folder);
      const expected = new URL('expected.txt', here);
      const actual = told(readFileSync(new URL('input.ts', here), 'utf8'));
      if (rewrite) writeFileSync(expected, actual);
      assert.deepEqual(readdirSync(here).sort(), ['expected.txt', 'input.ts'], 'a stray file');
      assert.ok(existsSync(expected), 'UPDATE_GOLDEN=1 writes it');
      assert.equal(actual, readFileSync(expected, 'utf8'));
    });
  }
});
