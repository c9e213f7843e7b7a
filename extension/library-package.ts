/** What `Retrograd: Add the Library to This Workspace` makes of the extension's own files: a package that Node and TypeScript understand. */
export const libraryFiles = [
  { from: 'dist/retrograd.js', to: 'retrograd.js' },
  { from: 'dist/retrograd.d.ts', to: 'retrograd.d.ts' },
  { from: 'dist/LICENSE', to: 'LICENSE' },
] as const;

export function libraryManifest(version: string): string {
  const manifest = {
    name: 'retrograd',
    version,
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    types: './retrograd.d.ts',
    exports: { '.': { types: './retrograd.d.ts', default: './retrograd.js' }, './package.json': './package.json' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
