import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  commands,
  contextKeys,
  debugType,
  panelViewType,
  settingIds,
  type SettingName,
} from '../../extension/contributions.ts';
import { defaults, minimums } from '../../extension/settings.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly minimum?: number; readonly description: string }>
      >;
    };
  };
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest;
const { contributes } = manifest;
const sorted = (texts: Iterable<string>): string[] => [...texts].sort();

describe('the manifest', () => {
  it('declares exactly the commands of the code, each with a title of its own', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(Object.values(commands)));
    assert.equal(new Set(contributes.commands.map(({ title }) => title)).size, contributes.commands.length);
    for (const { category } of contributes.commands) assert.equal(category, 'Retrograd');
  });

  it('declares exactly the settings of the code, with the same defaults and least values', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(sorted(Object.keys(properties)), sorted(Object.values(settingIds)));
    for (const [name, id] of Object.entries(settingIds) as [SettingName, string][]) {
      assert.deepEqual(properties[id]?.default, defaults[name], id);
      assert.equal(properties[id]?.minimum, name in minimums ? minimums[name as keyof typeof minimums] : undefined, id);
    }
  });

  it('uses only commands and context keys that exist', () => {
    const known = new Set<string>([...Object.values(commands), ...Object.values(contextKeys), panelViewType]);
    for (const { command, when } of [...Object.values(contributes.menus).flat(), ...contributes.keybindings]) {
      assert.ok(known.has(command), command);
      for (const [key] of when.matchAll(/retrograd\.\w+/g)) assert.ok(known.has(key), `${key} in ${when}`);
    }
  });

  it('wakes for models and for a panel left open, and keeps quiet in a workspace without trust', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onLanguage:typescript',
      'onLanguage:javascript',
      `onWebviewPanel:${panelViewType}`,
      `onDebugResolve:${debugType}`,
      `onDebugDynamicConfigurations:${debugType}`,
    ]);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  });
});
