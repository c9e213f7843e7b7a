import assert from 'node:assert/strict';
import { defaultThresholds } from '../../../engine/analysis/thresholds.ts';
import type { Examination } from '../../../engine/explain/health/findings.ts';
import { ProjectHealth } from '../../../extension/live/project-health.ts';
import { place } from './fakes.ts';

/** A workspace of configurations, and what was told of them. */
class Workspace {
  readonly texts = new Map<string, string>();
  settings: Examination | null = { off: new Set(['dead-relu', 'update-ratio']) };
  told: (Examination | null)[] = [];
  changes = 0;
  readonly health = new ProjectHealth({
    read: ({ root, path }) => this.texts.get(`${root}/${path}`) ?? null,
    settings: () => this.settings,
    examineWith: (examination) => this.told.push(examination),
  });

  constructor() {
    this.health.onDidChange(() => this.changes++);
  }

  get off(): readonly string[] {
    return [...(this.told.at(-1)?.off ?? [])].sort();
  }
}

describe('the configuration of a project in the editor', () => {
  it('is the nearest upwards inside the workspace, over the settings', () => {
    const workspace = new Workspace();
    const { health, texts } = workspace;
    assert.deepEqual(workspace.off, ['dead-relu', 'update-ratio']);
    texts.set('/retrograd.config.json', '{ "health": { "rules": { "not-finite": "off" } } }');
    texts.set(
      '/work/retrograd.config.json',
      '{ "health": { "rules": { "dead-relu": "on", "zero-gradient": "off" }, "thresholds": { "nearZero": 0.5 } } }',
    );
    health.follow(place('models/deep/a.ts'));
    assert.deepEqual(workspace.off, ['update-ratio', 'zero-gradient']);
    assert.deepEqual(workspace.told.at(-1)!.thresholds, { ...defaultThresholds, nearZero: 0.5 });
    texts.set('/work/models/retrograd.config.json', '{}');
    assert.equal(health.changed(place('models/retrograd.config.json')), true);
    assert.deepEqual(workspace.off, ['dead-relu', 'update-ratio']);
    assert.equal(health.config?.place.path, 'models/retrograd.config.json');
    texts.delete('/work/models/retrograd.config.json');
    assert.equal(health.changed(place('models/retrograd.config.json')), true);
    assert.equal(health.config?.place.path, 'retrograd.config.json');
    health.follow(place('b.ts', '/elsewhere'));
    assert.equal(health.config, null);
  });

  it('is read again only when a file that may be it changes', () => {
    const workspace = new Workspace();
    const { health, texts } = workspace;
    texts.set('/work/retrograd.config.json', '{}');
    health.follow(place('models/a.ts'));
    health.follow(place('models/a.ts'));
    assert.equal(workspace.changes, 1);
    for (const other of [
      place('models/a.ts'),
      place('other/retrograd.config.json'),
      place('retrograd.config.json', '/x'),
    ])
      assert.equal(health.changed(other), false);
    assert.equal(workspace.changes, 1);
    assert.equal(health.changed(place('retrograd.config.json')), false, 'it says the same');
  });

  it('looks for nothing where the settings switch health off', () => {
    const workspace = new Workspace();
    workspace.settings = null;
    workspace.health.refresh();
    assert.equal(workspace.told.at(-1), null);
  });

  it('is told of any other file by what stands round that one', () => {
    const workspace = new Workspace();
    const { health, texts } = workspace;
    texts.set('/work/one/retrograd.config.json', '{ "health": { "thresholds": { "explodingNorm": 0.25 } } }');
    texts.set('/work/two/retrograd.config.json', '{ "health": { "thresholds": { "explodingNorm": 0.5 } } }');
    const exploding = (path: string, root?: string): number | undefined =>
      health.examinationOf(place(path, root)).thresholds?.explodingNorm;
    health.follow(place('one/a.ts'));
    assert.deepEqual(
      [exploding('one/a.ts'), exploding('two/deep/b.ts'), exploding('c.ts'), exploding('a.ts', '/elsewhere')],
      [0.25, 0.5, defaultThresholds.explodingNorm, defaultThresholds.explodingNorm],
    );
    // Who asks for it in particular is told, whatever is not to be looked for all the time.
    workspace.settings = null;
    health.refresh();
    assert.equal(exploding('two/b.ts'), 0.5);
    assert.equal(health.config?.place.path, 'one/retrograd.config.json', 'the live file stays the live one');
  });

  it('keeps what is right of a file with mistakes', () => {
    const workspace = new Workspace();
    workspace.texts.set(
      '/work/retrograd.config.json',
      '{ "health": { "rules": { "zero-gradient": "off", "zero-gradients": "off" } } }',
    );
    workspace.health.follow(place('a.ts'));
    assert.ok(workspace.off.includes('zero-gradient'));
    assert.deepEqual(
      workspace.health.config!.problems.map(({ message, at, length }) => [message, at, length]),
      [["zero-gradients is not known. Did you mean 'zero-gradient'?", 49, 16]],
    );
  });
});
