import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { follow, positionOf } from '../../engine/debug/follow.ts';
import { buildGraph } from '../../engine/explain/graph.ts';
import { PassView } from '../../engine/explain/pass-view.ts';
import type { ToHost } from '../../engine/protocol/panel.ts';
import { parseToHost } from '../../engine/protocol/parse-panel.ts';
import { TestClient, TestHost } from '../engine/debug/in-process.ts';
import { until } from '../e2e/until.ts';
import { TextRunner } from '../engine/explain/run-text.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';

const chain = readFileSync(new URL('../../examples/two-layer-chain.ts', import.meta.url), 'utf8');

describe('the step bar of the panel', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  let panel: OpenPanel;
  let client: TestClient;
  const sent: ToHost[] = [];

  before(async () => {
    runner = new TextRunner();
    client = new TestClient(new TestHost(await runner.run(chain)));
    await client.launch({ pass: 'both' });
    panel = await openPanel(chain);
    // The local page has no debugger of its own: the editor's words are put into its mouth.
    await panel.page.addInitScript(`window.EventSource = new Proxy(window.EventSource, {
      construct: (Real, given) => (window.theEvents = new Real(...given)),
    });`);
    await panel.page.route('**/message*', async (route) => {
      const message = parseToHost(route.request().postDataJSON());
      if (message?.type === 'debug' || message?.type === 'seek' || message?.type === 'seekNode') {
        sent.push(message);
        await route.fulfill({ status: 204 });
      } else await route.continue();
    });
    await panel.page.reload();
    await panel.page.locator('[data-testid=panel]:not([data-layouts="0"])').waitFor();
    await tell();
  });
  after(async () => {
    await panel.close();
    runner.dispose();
  });

  /** A click is over before what it sends is here. */
  const hasSent = async (expected: readonly ToHost[]): Promise<void> => {
    await until(
      'what the page sends',
      async () => sent.length,
      (count) => count >= expected.length,
    );
    assert.deepEqual(sent, expected);
  };

  const bar = (): Locator => panel.page.getByTestId('step-bar');
  const button = (name: string): Locator => bar().getByRole('button', { name, exact: true });
  const standing = async (name: string): Promise<string> => {
    const item = panel.page.locator(`[data-node-name="${name}"]`).first();
    return `${await item.getAttribute('data-standing')} ${(await item.getAttribute('aria-current')) ?? ''}`.trim();
  };
  /** Tells the page how the session stands, as the extension does. */
  async function tell(shown: 'shown' | null = 'shown'): Promise<void> {
    const session = client.adapter.session!;
    const { trace, graph } = session.playback.launched;
    const { nodes } = buildGraph(new PassView(trace, graph.pass, 'named'));
    const state = follow(session, shown && nodes);
    await panel.page.evaluate(
      (data) => {
        const { theEvents } = window as unknown as { theEvents: EventSource };
        theEvents.dispatchEvent(new MessageEvent('message', { data }));
      },
      JSON.stringify({ type: 'debug', state }),
    );
    await panel.page.locator(`[data-testid=step-bar][data-position="${session.playback.position}"]`).waitFor();
  }
  async function ask(command: string, given: object = {}): Promise<void> {
    await client.ask(command, { threadId: 1, ...given });
    await client.stopped();
    await tell();
  }

  it('has values appear one by one in the forward pass, the next op ringed', async () => {
    assert.equal(await bar().getByTestId('step-title').innerText(), 'chain · forward pass, op 1 of 9');
    // u1 = X·w1 + b1 is drawn as one: its product, then its sum.
    assert.equal(await standing('u1'), 'faint step');
    assert.equal(await standing('Yj'), 'faint');
    await ask('next');
    assert.equal(await standing('u1'), 'faint step');
    await ask('next');
    assert.equal(await standing('u1'), 'solid');
    assert.equal(await standing('Yj'), 'faint step');
  });

  it('has gradients appear one by one in the backward pass', async () => {
    await ask('seek', { position: 9 });
    assert.equal(await standing('E'), 'solid step');
    assert.equal(await standing('w1'), 'faint');
    await ask('continue');
    assert.equal(await standing('w1'), 'solid');
    assert.equal(await button('Step over').getAttribute('disabled'), '');
    assert.equal(await button('Step back').getAttribute('disabled'), null);
  });

  it('asks for every move, and for a node that is selected', async () => {
    await ask('seek', { position: 10 });
    const moves = {
      'Back to the breakpoint before': 'reverse',
      'Step back': 'back',
      'Step over': 'over',
      'Step into': 'into',
      'Step out': 'out',
      'On to the next breakpoint': 'continue',
      'End the debug session': 'stop',
    } as const;
    sent.length = 0;
    for (const name of Object.keys(moves)) await button(name).click();
    await bar().locator('input[type=range]').fill('5');
    assert.equal(await button('To the selected node').getAttribute('disabled'), '');
    await panel.page.locator('[data-node-name="Yj"]').first().focus();
    await panel.page.keyboard.press('Enter');
    await button('To the selected node').click();
    const session = client.adapter.session!;
    const { naming } = session.playback;
    const Yj = naming.find('Yj', null)!;
    await hasSent([
      ...Object.values(moves).map((move) => ({ type: 'debug', move }) as const),
      { type: 'seek', position: 5 },
      { type: 'seekNode', node: Yj },
    ]);
    await ask('seek', { position: positionOf(session, Yj)! });
    assert.equal(await standing('Yj'), 'solid step');
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`can be read by everybody in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await panel.barriers(), []);
    });
  }

  it('says what a what-if has changed, and leads back to the numbers of the run', async () => {
    await client.ask('setExpression', { expression: 'w1', value: '0.5' });
    await tell();
    const note = bar().getByTestId('step-what-if');
    assert.equal(await note.innerText(), 'what if: w₁ = 0.5 (was 0.8)');
    assert.deepEqual(await panel.barriers(), []);
    sent.length = 0;
    await bar().getByText('Restore the run’s values').click();
    await hasSent([{ type: 'debug', move: 'restore' }]);
    await tell(null);
    assert.equal(await note.innerText(), 'what if: w₁ = 0.5 (was 0.8) · the panel shows the run as it was');
    await client.ask('restoreRun');
    await tell();
    assert.equal(await note.count(), 0);
  });

  it('says that a text was edited', async () => {
    (client.host as TestHost).text = `${chain}\n// edited`;
    client.adapter.session!.checkText();
    await tell();
    sent.length = 0;
    await bar().getByText('The text was edited: restart at this step').click();
    await hasSent([{ type: 'debug', move: 'restart' }]);
    assert.deepEqual(panel.complaints, []);
  });
});
