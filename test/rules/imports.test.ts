import assert from 'node:assert/strict';
import { filesOf, importsOf, type Import } from './imports-of.ts';

/** What the files of a folder may import, besides that folder itself. `type x` allows types of `x` only. */
type Allowed = readonly string[];

/**
 * The way of the data, as rules. The longest folder that a file is in decides. A folder stands for all that is in it, a
 * package for itself, `node:` for Node's own modules.
 */
const rules: Readonly<Record<string, Allowed>> = {
  'engine/base': [],
  'engine/tensor': ['engine/base'],
  'engine/expression': ['engine/base'],
  'engine/ops': ['engine/base', 'engine/tensor', 'engine/expression', 'engine/autograd'],
  'engine/autograd': ['engine/base', 'engine/tensor', 'engine/expression', 'engine/ops', 'type engine/optim'],
  'engine/nn': ['engine/base', 'engine/tensor', 'engine/autograd', 'engine/ops/composite'],
  'engine/optim': ['engine/base', 'engine/tensor', 'engine/autograd'],
  'engine/library.ts': ['engine/tensor', 'engine/ops', 'engine/autograd', 'engine/nn', 'engine/optim'],
  // Knows text and places, and nothing of tensors; that a trace has sites is all it may know of traces.
  'engine/source': ['engine/base', 'type engine/trace', 'typescript', 'ts-blank-space'],
  'engine/trace': ['engine/base', 'type engine/tensor'],
  'engine/training': ['engine/base', 'type engine/protocol', 'type engine/tensor'],
  'engine/sandbox': [
    'engine/base',
    'engine/training',
    'engine/tensor',
    'engine/ops',
    'engine/autograd',
    'engine/optim',
    'engine/library.ts',
    // Modules are told which variables hold them.
    'engine/nn/module.ts',
    'engine/nn/module-names.ts',
    'engine/trace',
    'engine/source',
    'type engine/protocol',
    'quickjs-wasi',
  ],
  // Reads traces, never a live tape: a saved trace, a fixture and a live run are the same thing to it.
  'engine/analysis': [
    'engine/base',
    'engine/trace',
    'engine/expression',
    'engine/ops/rules.ts',
    'engine/tensor/expectation.ts',
    'engine/tensor/shape.ts',
    'engine/tensor/dtype.ts',
    // Which element meets which: arithmetic of places, not of values.
    'engine/tensor/kernels/broadcast.ts',
  ],
  // Computes anew over a recorded trace: the rules and kernels of the engine, and no run.
  'engine/replay': [
    'engine/base',
    'engine/tensor',
    'engine/trace',
    'engine/expression',
    'engine/ops',
    'engine/autograd',
    'engine/analysis',
  ],
  'engine/explain': [
    'engine/base',
    'engine/analysis',
    'engine/replay',
    'engine/trace',
    'engine/expression',
    'engine/ops/rules.ts',
    'engine/tensor/shape.ts',
    'engine/tensor/dtype.ts',
    'type engine/tensor',
    'type engine/protocol',
  ],
  // Where the boxes of a graph stand and how large they are: the same in the panel and in an exported file.
  'engine/picture': ['engine/base', 'type elkjs'],
  // A graph as text of another program.
  'engine/export': ['engine/base', 'engine/picture', 'engine/trace', 'type engine/explain'],
  'engine/protocol': ['engine/base', 'type engine/explain', 'type engine/trace', 'valibot'],
  // Speaks the debug protocol's JSON, and knows neither an editor nor a process.
  'engine/debug': [
    'engine/base',
    'engine/tensor',
    'engine/trace',
    'engine/autograd',
    'engine/analysis',
    'engine/replay',
    'engine/explain',
    'type engine/ops',
    'type engine/protocol',
    'type @vscode/debugprotocol',
  ],
  // Both sides of a thread, whatever it is made of: neither Node nor a browser.
  'engine/workers': [
    'engine/base',
    'engine/source',
    'engine/sandbox',
    'engine/trace',
    'engine/explain',
    'engine/export',
    'engine/picture',
    'engine/protocol',
    'type elkjs',
    'package.json',
  ],
  'engine/web': ['engine/base', 'engine/workers', 'type engine/sandbox', 'type engine/protocol', 'elkjs'],
  'engine/node': [
    'engine/base',
    'engine/debug',
    'engine/source',
    'engine/sandbox',
    'engine/workers',
    'engine/analysis/thresholds.ts',
    'engine/analysis/health/finding.ts',
    'engine/trace',
    'engine/explain',
    'engine/export',
    'engine/picture',
    'engine/protocol',
    'type engine/tensor',
    '@resvg/resvg-wasm',
    'node:',
    'commander',
    'elkjs',
    'package.json',
    'l10n',
  ],
  // Runs in Node and in browsers.
  extension: [
    'engine/base',
    'engine/analysis/thresholds.ts',
    'engine/analysis/health/finding.ts',
    'engine/debug',
    'engine/explain',
    // Runs that are kept are read and written.
    'engine/trace',
    'engine/protocol',
    'engine/workers',
    'vscode',
  ],
  'extension/platform/node.ts': ['extension', 'engine/node', 'engine/workers', 'node:', 'vscode'],
  'extension/web': ['extension', 'engine/web', 'engine/workers', 'vscode'],
  webview: [
    'engine/base',
    'engine/picture',
    'engine/protocol',
    'type engine/explain',
    'preact',
    '@preact/signals',
    'elkjs',
    'd3-selection',
    'd3-zoom',
  ],
  // Numbers over the steps of a training come as numbers, and are read as everywhere else.
  'webview/training': [
    'webview',
    'engine/base',
    'engine/explain/numbers.ts',
    'type engine/protocol',
    'preact',
    '@preact/signals',
    'uplot',
  ],
  'webview/math': ['webview', 'preact', 'temml'],
  'webview/ui/kit.ts': ['webview', 'preact', '@vscode/webview-ui-toolkit'],
};

describe('imports', () => {
  const files = ['engine', 'extension', 'webview'].flatMap(filesOf);

  it('go only where the rules let them', () => {
    assert.deepEqual(
      files
        .flatMap(importsOf)
        .filter((found) => !isAllowed(found))
        .map(describeImport),
      [],
    );
  });

  it('of every file are ruled', () => {
    assert.deepEqual(
      files.filter((file) => ruleOf(file) === undefined),
      [],
    );
  });

  it('never lead from one feature of the extension to another', () => {
    const feature = (path: string): string | undefined => /^extension\/features\/([^/.]+)/.exec(path)?.[1];
    const crossing = files
      .flatMap(importsOf)
      .filter(
        ({ from, to }) => feature(from) !== undefined && feature(to) !== undefined && feature(from) !== feature(to),
      );
    assert.deepEqual(crossing.map(describeImport), []);
  });

  it('reach the controls of the panel through one file', () => {
    const toolkit = files.flatMap(importsOf).filter(({ to }) => to.startsWith('@vscode/webview-ui-toolkit'));
    assert.deepEqual([...new Set(toolkit.map(({ from }) => from))], ['webview/ui/kit.ts']);
  });
});

function ruleOf(file: string): [folder: string, allowed: Allowed] | undefined {
  const fitting = Object.entries(rules).filter(([folder]) => isIn(file, folder));
  return fitting.sort(([a], [b]) => b.length - a.length)[0];
}

function isAllowed({ from, to, typesOnly }: Import): boolean {
  const rule = ruleOf(from);
  if (rule === undefined) return true;
  const [home, allowed] = rule;
  return [home, ...allowed].some((target) =>
    target.startsWith('type ') ? typesOnly && isIn(to, target.slice('type '.length)) : isIn(to, target),
  );
}

/** Whether a path is a folder or package, or in it. */
const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(':') ? folder : `${folder}/`);

const describeImport = ({ from, to, typesOnly }: Import): string =>
  `${from} imports ${typesOnly ? 'types of ' : ''}${to}`;
