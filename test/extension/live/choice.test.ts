import assert from 'node:assert/strict';
import { chooseLive, isModelFile, type Candidate } from '../../../extension/live/choice.ts';
import { place } from './fakes.ts';

const file = (path: string, text: string, language = 'typescript'): Candidate => ({
  place: place(path),
  language,
  text,
});
const model = (path: string): Candidate => file(path, "import { model } from 'retrograd'; model(f)");
const layer = file('layer.ts', "import { param } from 'retrograd'; export const w = param(1);");
const no = (): boolean => false;

describe('which file is live', () => {
  it('is the one in front, when it is a model file', () => {
    assert.deepEqual(chooseLive(null, model('a.ts'), no), place('a.ts'));
    assert.deepEqual(chooseLive(place('a.ts'), model('b.ts'), no), place('b.ts'));
  });

  it('stays when something else comes to the front', () => {
    for (const other of [
      null,
      file('notes.ts', 'export {}'),
      file('README.md', "import 'retrograd'", 'markdown'),
      { ...model('x'), place: null },
    ]) {
      assert.deepEqual(chooseLive(place('a.ts'), other, no), place('a.ts'));
    }
  });

  it('stays on the program when a part of it comes to the front', () => {
    assert.deepEqual(
      chooseLive(place('a.ts'), layer, () => true),
      place('a.ts'),
    );
    assert.deepEqual(chooseLive(place('a.ts'), layer, no), place('layer.ts'));
    assert.deepEqual(
      chooseLive(place('a.ts'), model('b.ts'), () => true),
      place('b.ts'),
    );
    const loop = file('loop.ts', "import { param } from 'retrograd'; param(1).backward()");
    assert.deepEqual(
      chooseLive(place('a.ts'), loop, () => true),
      place('loop.ts'),
    );
  });

  it('is TypeScript or JavaScript on disk', () => {
    assert.ok(isModelFile({ ...model('a.mjs'), language: 'javascript' }));
    assert.ok(!isModelFile({ ...model('a.ts'), place: null }));
    assert.ok(!isModelFile({ ...model('a.tsx'), language: 'typescriptreact' }));
  });
});
