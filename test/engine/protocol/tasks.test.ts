import assert from 'node:assert/strict';
import { isToPanel, parseToHost } from '../../../engine/protocol/parse-panel.ts';

const begin = (task: unknown): unknown => ({ type: 'beginTask', request: 1, sequence: 2, task });
const whatIf = (...changes: unknown[]): unknown => begin({ kind: 'whatIf', changes });

describe('messages about tasks', () => {
  const good: readonly unknown[] = [
    begin({ kind: 'check', node: null }),
    begin({ kind: 'check', node: 7 }),
    whatIf({ node: 0, element: 3, to: -0.5 }),
    whatIf({ node: 0, element: 0, to: 1 }, { node: 1, element: 0, to: 2 }),
    { type: 'stopTask', request: 1 },
    { type: 'writeBack', request: 1 },
  ];
  for (const message of good)
    it(`are understood: ${JSON.stringify(message)}`, () => assert.deepEqual(parseToHost(message), message));

  const bad: readonly (readonly [what: string, message: unknown])[] = [
    ['no task', { type: 'beginTask', request: 1, sequence: 2 }],
    ['a task of no kind', begin({})],
    ['a task of an unknown kind', begin({ kind: 'run', text: 'x' })],
    ['a node that is no number', begin({ kind: 'check', node: 'w' })],
    ['a negative node', begin({ kind: 'check', node: -1 })],
    ['half a node', begin({ kind: 'check', node: 0.5 })],
    ['no changes', whatIf()],
    ['changes that are no list', begin({ kind: 'whatIf', changes: { 0: { node: 0, element: 0, to: 1 } } })],
    ['a change without a number', whatIf({ node: 0, element: 0 })],
    ['a number that is NaN', whatIf({ node: 0, element: 0, to: NaN })],
    ['a number that is infinite', whatIf({ node: 0, element: 0, to: Infinity })],
    ['a number that is a text', whatIf({ node: 0, element: 0, to: '1); process.exit(' })],
    ['an element below zero', whatIf({ node: 0, element: -1, to: 1 })],
    ['half an element', whatIf({ node: 0, element: 0.5, to: 1 })],
    ['a thousand changes', whatIf(...Array.from({ length: 1000 }, () => ({ node: 0, element: 0, to: 1 })))],
    ['a request that is no number', { type: 'writeBack', request: '1' }],
    ['writing back what nobody asked for', { type: 'writeBack' }],
    ['a stop of nothing', { type: 'stopTask' }],
  ];
  for (const [what, message] of bad) it(`are none: ${what}`, () => assert.equal(parseToHost(message), null));

  it('carry nothing along that they do not know', () => {
    const message = whatIf({ node: 0, element: 0, to: 1, file: '/etc/passwd', from: 9 });
    assert.deepEqual(parseToHost(message), whatIf({ node: 0, element: 0, to: 1 }));
    assert.deepEqual(parseToHost({ type: 'writeBack', request: 1, text: 'x', span: [0, 9] }), {
      type: 'writeBack',
      request: 1,
    });
  });

  it('to the panel are known by their type', () => {
    for (const type of ['taskProgress', 'taskDone', 'taskFailed']) assert.ok(isToPanel({ type }));
    assert.ok(!isToPanel({ type: 'task' }));
  });
});
