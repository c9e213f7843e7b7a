import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Arguments } from '../../engine/debug/arguments.ts';
import { launchOf } from '../../engine/debug/launch.ts';
import { debugType } from '../../extension/contributions.ts';

interface Attribute {
  readonly type: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
}

interface Debugger {
  readonly type: string;
  readonly configurationAttributes: {
    readonly launch: {
      readonly required: readonly string[];
      readonly properties: Readonly<Record<string, Attribute>>;
    };
  };
}

const { contributes } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly contributes: { readonly debuggers: readonly Debugger[] };
};
const [own] = contributes.debuggers;
const { required, properties } = own!.configurationAttributes.launch;

describe('a launch configuration', () => {
  it('has the attributes that the adapter understands', () => {
    assert.equal(own!.type, debugType);
    assert.deepEqual(Object.keys(properties), ['program', 'model', 'pass', 'stopOnEntry', 'step']);
    assert.deepEqual(required, ['program']);
    const whole = { program: 'a.ts', model: 'm', pass: 'both', stopOnEntry: false, step: 3 };
    const { program, model, part, stopOnEntry, trainingStep } = launchOf(new Arguments(whole));
    assert.deepEqual({ program, model, pass: part, stopOnEntry, step: trainingStep }, whole);
  });

  it('means the same without an attribute as with its default', () => {
    const { pass, stopOnEntry } = properties;
    const bare = launchOf(new Arguments({ program: 'a.ts' }));
    assert.equal(bare.part, pass?.default);
    assert.equal(bare.stopOnEntry, stopOnEntry?.default);
  });

  it('may have every value that is offered, and no other', () => {
    for (const pass of properties['pass']?.enum ?? [])
      assert.equal(launchOf(new Arguments({ program: 'a.ts', pass })).part, pass);
    assert.throws(() => launchOf(new Arguments({ program: 'a.ts', pass: 'sideways' })));
    const least = properties['step']?.minimum ?? NaN;
    assert.equal(launchOf(new Arguments({ program: 'a.ts', step: least })).trainingStep, least);
    assert.throws(() => launchOf(new Arguments({ program: 'a.ts', step: least - 1 })));
  });
});
