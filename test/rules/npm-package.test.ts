import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './imports-of.ts';

/** What somebody has who makes the package and puts it into a project of their own. */
describe('the npm package', function () {
  this.timeout(60_000);
  const project = mkdtempSync(join(tmpdir(), 'retrograd-project-'));
  const installed = join(project, 'node_modules', 'retrograd');
  let files: readonly string[];

  before(() => {
    assert.ok(existsSync(join(root, 'dist', 'cli.js')), 'run `npm run build` first');
    // Of what is built already: with scripts a package would be built anew in the middle of other tests.
    const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [told] = JSON.parse(packed) as { filename: string; files: { path: string }[] }[];
    files = told!.files.map(({ path }) => path);
    mkdirSync(installed, { recursive: true });
    // As npm lays it out: without its one folder.
    execFileSync('tar', ['-xzf', join(project, told!.filename), '--strip-components=1', '-C', installed]);
  });
  after(() => rmSync(project, { recursive: true }));

  it('carries what was built for it, the pages for its readers, and nothing else', () => {
    const expected =
      /^(dist\/(?!extension|web-worker|inputs)|docs\/(?!decisions|images)|(README|CHANGELOG)\.md$|LICENSE$|NOTICE$|package\.json$)/;
    assert.deepEqual(
      files.filter((file) => !expected.test(file)),
      [],
    );
    for (const file of ['dist/retrograd.js', 'dist/retrograd.d.ts', 'dist/cli.js', 'dist/worker.js', 'dist/guest.bin'])
      assert.ok(files.includes(file), file);
  });

  it('runs the programs of the README', () => {
    const [neuron, six] = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
      ([, program]) => program!,
    );
    writeFileSync(join(project, 'package.json'), '{}');
    writeFileSync(join(project, 'six.mjs'), six!);
    const node = (...args: string[]): string =>
      execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    // d/dx x² at 3.
    assert.equal(node('six.mjs').trim(), '6');
    writeFileSync(join(project, 'neuron.ts'), neuron!);
    const command = join(installed, 'dist', 'cli.js');
    // σ(1.5 · 0.8 − 0.2) = σ(1) = 0.7311, (0.7311 − 1)² = 0.07233.
    assert.match(node(command, 'trace', 'neuron.ts'), /^ {2}L .* 0\.07233 +1\.0000$/m);
    assert.match(node(command, 'report', 'neuron.ts'), /^<!doctype html>/);
    node(command, 'export', 'neuron.ts', '--format', 'png', '--out', 'neuron.png');
    assert.equal(readFileSync(join(project, 'neuron.png')).subarray(1, 4).toString(), 'PNG');
  });
});
