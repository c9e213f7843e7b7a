import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { converse } from '../engine/debug/dialogue.ts';
import { printed, root } from './command-line.ts';
import { gradient, near } from './numbers.ts';

describe('grad-table', () => {
  // u₃ = u₁·u₂, u₄ = sin u₁, u₅ = e^u₂, u₆ = u₃ + u₄, u₇ = u₆·u₅ at u₁ = 1.5, u₂ = −0.5.
  const [u1, u2] = [1.5, -0.5];
  const u5 = Math.exp(u2);
  const u6 = u1 * u2 + Math.sin(u1);
  const table: Readonly<Record<string, number>> = {
    u7: 1,
    u6: u5,
    u5: u6,
    u4: u5,
    u3: u5,
    // u₂ reaches u₇ through u₅ and through u₃, u₁ through u₄ and through u₃.
    u2: u6 * u5 + u5 * u1,
    u1: u5 * Math.cos(u1) + u5 * u2,
  };

  it('fills the table with these gradients', () => {
    for (const [name, expected] of Object.entries(table)) near(gradient('grad-table', name)[0], expected, name);
  });

  it('is stepped through in this order, one entry at a time', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-table-')));
    cpSync(join(root, 'examples', 'grad-table.ts'), join(folder, 'grad-table.ts'));
    try {
      const step = ['show This step', 'next {"threadId":1,"granularity":"instruction"}'];
      const told = await converse(folder, [
        'initialize {"adapterID":"retrograd"}',
        'launch {"program":"./grad-table.ts","pass":"backward"}',
        'configurationDone',
        // The first stop is before u₇ as a whole; inside it each of its products is a step.
        step[1]!,
        ...Array.from({ length: 7 }, () => step).flat(),
      ]);
      const entries = Array.from(
        told.matchAll(/contribution to ∂u₇\/∂(u.): (\S+)[^\n]*\n[^\n]*before: (\S+)[^\n]*\n[^\n]*after: (\S+)/g),
        ([, by, ...numbers]) =>
          [by, ...numbers.map((text) => (text === 'none' ? 0 : Number(text.replace('−', '-'))))] as const,
      );
      assert.deepEqual(
        entries.map(([by]) => by),
        ['u₅', 'u₃', 'u₄', 'u₂', 'u₁', 'u₁', 'u₂'],
      );
      const filled: Record<string, number> = {};
      for (const [by, added, before, after] of entries) {
        near(before, filled[by!] ?? 0, `${by!} before`);
        near(after, (filled[by!] ?? 0) + (added as number), `${by!} after`);
        filled[by!] = after as number;
      }
      near(filled['u₁'], table['u1']!);
      near(filled['u₂'], table['u2']!);
      assert.match(told, /End of the backward pass: every gradient is there/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('prints its entries from the last node to the first, each complete before it is passed on', () => {
    const steps = printed('grad-table').map((line) =>
      /^grad_table\[(\w+)\] \+= grad_table\[(\w+)\].*: (\S+)$/.exec(line)!,
    );
    assert.deepEqual(
      steps.map(([, by, of]) => `${of} ${by}`),
      ['u7 u6', 'u7 u5', 'u6 u3', 'u6 u4', 'u5 u2', 'u4 u1', 'u3 u1', 'u3 u2'],
    );
    const filled: Record<string, number> = {};
    for (const [, by, , entry] of steps) filled[by!] = Number(entry);
    for (const [name, entry] of Object.entries(filled)) near(entry, table[name]!, name, 1e-4);
  });
});
