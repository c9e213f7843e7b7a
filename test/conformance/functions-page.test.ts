import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as creation from '../../engine/autograd/creation.ts';
import * as composites from '../../engine/ops/composite/index.ts';
import * as functions from '../../engine/autograd/functions/index.ts';
import { type Row, complaintsAbout, pageOf } from './functions-page.ts';
import { programOf } from './program.ts';
import { readReference } from './reference.ts';
import { samples } from './samples/index.ts';
import { tryOpsBut } from './try-ops.ts';
import { Trials } from './try-functions.ts';

const page = new URL('../../docs/ops.md', import.meta.url);
const offered: Readonly<Record<string, unknown>> = { ...creation, ...functions, ...composites };
const sampled = Object.values(samples).flatMap((section) => Object.keys(section));

/** Other names of a function: the very same function. */
const aliasesOf = (name: string): string[] =>
  Object.keys(offered).filter((other) => other !== name && offered[other] === offered[name]);

describe('docs/ops.md', function () {
  this.timeout(120_000);
  const rows: Record<string, Row[]> = {};

  before(async () => {
    const programs = readReference(new URL('../fixtures/reference/torch-cases.json', import.meta.url)).map((one) =>
      programOf(one, 'float64'),
    );
    const trials = new Trials();
    try {
      for (const [title, section] of Object.entries(samples)) {
        rows[title] = [];
        for (const [name, ways] of Object.entries(section)) {
          const tried = [];
          for (const sample of ways) tried.push(await trials.try(sample));
          const cases = programs.filter((text) => new RegExp(`\\b${name}\\(`).test(text)).length;
          rows[title].push({ name, aliases: aliasesOf(name), example: ways[0]!.written, cases, tried });
        }
      }
    } finally {
      trials.dispose();
    }
  });

  it('has every function', () => {
    const known = new Set(sampled.flatMap((name) => [name, ...aliasesOf(name)]));
    assert.deepEqual(
      Object.keys(offered).filter((name) => !known.has(name)),
      [],
    );
  });

  it('says what is so: gradients, second derivatives, broadcasting and the sandbox, as tried', () => {
    assert.equal(Object.values(rows).flat().flatMap(complaintsAbout).join('\n'), '');
    const recorded = Object.values(rows).flatMap((section) =>
      section.flatMap(({ tried }) => tried.flatMap(({ ops }) => ops)),
    );
    const hidden = tryOpsBut(new Set(recorded));
    for (const { op, gradients, seconds } of hidden)
      for (const verdict of [...gradients, ...seconds])
        assert.ok(typeof verdict === 'string', `${op.name}: ${JSON.stringify(verdict)}`);
    const made = pageOf(rows, hidden);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(page, made);
    assert.ok(existsSync(page), 'UPDATE_GOLDEN=1 writes it');
    assert.equal(made, readFileSync(page, 'utf8'));
  });
});
