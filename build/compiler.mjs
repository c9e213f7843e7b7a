/**
 * The TypeScript compiler, half of what is shipped, is a file of its own, and there once: Node's workers require it, and a
 * browser's Worker is made of its text and their own (`engine/web/threads.ts`), to which it is a variable of the realm.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const file = 'typescript.cjs';

/** Not bundled: as it comes it is both a CommonJS module and a script. */
export const buildCompiler = (dist, options) =>
  build({
    ...options,
    entryPoints: [createRequire(import.meta.url).resolve('typescript')],
    outfile: join(dist, file),
    bundle: false,
  });

const taking = (compiler) => ({
  name: 'compiler-beside',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^typescript$/ }, () => ({ path: file, namespace: 'compiler' }));
    onResolve({ filter: /.*/, namespace: 'compiler' }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'compiler' }, () => ({ contents: `export default ${compiler};` }));
  },
});

/** Plugins: what a bundle imports as `typescript` is the file beside it, or what that file has made when it was run before. */
export const compilerRequired = taking(`require('./${file}')`);
export const compilerInRealm = taking('globalThis.ts');
