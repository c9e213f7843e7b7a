import assert from 'node:assert/strict';
import ts from 'typescript';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { instrument } from '../../../engine/source/index.ts';
import { programs } from './programs.ts';

const AsyncFunction = (async () => {}).constructor as new (
  ...parameters: string[]
) => (...values: unknown[]) => Promise<void>;

/** What a program prints, or how it ends. */
async function output(code: string, spies: object): Promise<string[]> {
  const printed: string[] = [];
  const print = (...values: unknown[]): void =>
    void printed.push(
      values.map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)))).join(' '),
    );
  try {
    await new AsyncFunction('console', '__rg', `'use strict';${code}`)({ log: print }, spies);
  } catch (error) {
    printed.push(`threw ${String(error)}`);
  }
  return printed;
}

/** Stands in for the guest's `__rg`, and counts what is open, so that a scope left open or closed twice is seen. */
function spies() {
  const open: number[] = [];
  let tokens = 0;
  const enter = (): number => {
    open.push(++tokens);
    return tokens;
  };
  return {
    open,
    value: (_site: number, value: unknown) => value,
    name: (_site: number, value: unknown) => value,
    named: (_site: number, value: unknown) => value,
    enter,
    loop: enter,
    list: (value: unknown) => value,
    next: (token: number) => assert.equal(open.at(-1), token, 'an iteration begins inside its own loop'),
    exit: (token: number) => assert.equal(open.pop(), token, 'scopes close in reverse order'),
  };
}

/** TypeScript's own emit is the reference: what the text means is decided there and not by the stripper under test. */
const reference = (text: string): string =>
  ts
    .transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } })
    .outputText.replace(/^export \{\};?$/m, '');

describe('an instrumented program does what the plain one does', () => {
  for (const [title, text] of Object.entries(programs)) {
    it(title, async () => {
      const { value, problems } = instrument(`${title}.ts` as ModulePath, text, 1);
      assert.deepEqual(problems, []);
      const expected = await output(reference(text), {});
      const seen = spies();
      assert.deepEqual(await output(value.code, seen), expected, value.code);
      assert.ok(
        expected.length > 0 && !expected.join().includes('SyntaxError'),
        `the program itself runs: ${expected.join()}`,
      );
      assert.deepEqual(seen.open, [], 'every scope was closed');
      assert.equal(value.code.split('\n').length, text.split('\n').length, 'lines stay');
    });
  }
});
