import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { instrument } from '../../../engine/source/index.ts';

/** Files as they are written, run as modules under Node's own loader, with what instrumenting makes of them. */
const sources: Readonly<Record<string, string>> = {
  'net.ts': `
    export interface Shape { size: number }
    export type Pair = [number, number];
    export class Net { size = String(3); }
    export const { a, b: [c] } = { a: String(1), b: [String(2)] };
    export let count = 0;
    export function bump(): number { return count = Number(count + 1) }
    export default (x: string) => x.concat('!');`,
  'only-types.ts': `throw new Error('a module of types alone is not loaded');
    export type T = string;`,
  'main.ts': `
    import shout, { Net, Shape, type Pair, bump, count, c } from './net.js';
    import { T } from './only-types.js';
    import * as all from './net.js';
    import * as none from './only-types.js';
    interface Local { shape: Shape; pair: Pair; t: T; n: none.T }
    const local = { t: shout('t') } as Local
    bump(); bump();
    export { Local, local, a as renamed } from './again.js';
    export const seen = [new Net().size, count, c, Object.keys(all).join()];
    export default shout(local.t);`,
  'again.ts': `import { a } from './net.js'
    import { type T } from './only-types.js'
    export const Local = 1, local: T = String('again'); export { a };`,
};

describe('instrumented modules', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'retrograd-'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const [name, text] of Object.entries(sources)) {
      const { value, problems } = instrument(name as ModulePath, text, 0);
      assert.deepEqual(problems, []);
      writeFileSync(join(folder, name.replace('.ts', '.js')), value.code);
    }
  });
  after(() => {
    rmSync(folder, { recursive: true });
    Reflect.deleteProperty(globalThis, '__rg');
  });

  it('link, keep their exports and live bindings, and leave types behind', async () => {
    const names: string[] = [];
    const name = (_site: number, value: unknown): unknown => (names.push(String(value)), value);
    Object.assign(globalThis, {
      __rg: {
        value: (_site: number, value: unknown) => value,
        name,
        named: name,
        enter: () => 0,
        exit: () => 0,
        loop: () => 0,
        list: (value: unknown) => value,
        next: () => 0,
      },
    });
    const main = (await import(pathToFileURL(join(folder, 'main.js')).href)) as Record<string, unknown>;
    assert.deepEqual(main['seen'], ['3', 2, '2', 'Net,a,bump,c,count,default']);
    assert.equal(main['default'], 't!!');
    assert.equal(main['local'], 'again');
    assert.equal(main['renamed'], '1');
    assert.deepEqual(names.slice(0, 2), ['1', '2'], 'destructured exports are named');
  });
});
