import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chainNumbers } from './chain-numbers.ts';
import { provisionDebugpy } from './debugpy.ts';

const root = join(import.meta.dirname, '..', '..');

interface Frame {
  readonly name: string;
  readonly line: number;
}

interface Seen {
  readonly stepsBack: boolean;
  readonly start: Frame;
  readonly sub: Frame;
  readonly back: Frame;
  readonly watched: Frame;
  readonly again: Frame;
  readonly gradients: Readonly<Record<string, string>>;
  readonly end: Readonly<Record<string, string>>;
  readonly local: string;
  readonly refused: string;
  readonly stops: readonly { readonly reason: string; readonly description: string }[];
  readonly terminated: boolean;
  readonly exit: number;
}

const number = (text: string | undefined): number => Number((text ?? '').replace('−', '-'));
const near = (seen: number, wanted: number): boolean => Math.abs(seen - wanted) < 1e-6;

describe('retrograd dap, spoken to by the protocol library of debugpy', () => {
  let seen: Seen;

  before(function () {
    this.timeout(180_000);
    const env = provisionDebugpy();
    const script = join(import.meta.dirname, 'second_client.py');
    const program = join(root, 'examples', 'two-layer-chain.ts');
    const told = execFileSync('python3', [script, process.execPath, join(root, 'dist', 'cli.js'), program], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    seen = JSON.parse(told) as Seen;
  });

  it('steps, and steps back', () => {
    assert.equal(seen.stepsBack, true);
    assert.match(seen.start.name, /^E · mul/);
    assert.match(seen.sub.name, /^sub#/);
    assert.match(seen.back.name, /^square#/);
    assert.equal(seen.start.line, seen.back.line);
  });

  it('stops when a watched gradient changes, with the gradients that are there by then', () => {
    const { gradients } = chainNumbers();
    assert.match(seen.watched.name, /^Yⱼ · tanh/);
    assert.ok(near(number(seen.gradients['w2']), gradients.w2), seen.gradients['w2']);
    assert.equal(seen.gradients['w1'], undefined);
    assert.ok(near(number(seen.end['w1']), gradients.w1), seen.end['w1']);
    assert.deepEqual(
      seen.stops.map(({ reason }) => reason),
      // The last: back over the same breakpoint.
      ['entry', 'step', 'step', 'step', 'data breakpoint', 'step', 'data breakpoint'],
    );
    assert.deepEqual(seen.again, seen.watched);
  });

  it('evaluates, and is told what is wrong', () => {
    const { values } = chainNumbers();
    assert.ok(near(number(seen.local), values.Y * (1 - values.Y)), seen.local);
    assert.match(seen.refused, /There is no 'nobody' here/);
  });

  it('ends it', () => {
    assert.equal(seen.terminated, true);
    assert.equal(seen.exit, 0);
  });
});
