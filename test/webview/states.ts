import { readFileSync } from 'node:fs';
import type { PanelStatus, ProblemView } from '../../engine/protocol/panel.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { TestTrainer } from '../engine/node/test-trainer.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';

/** The panel as a reader may have it before them. */
export interface State {
  readonly name: string;
  readonly open: () => Promise<OpenPanel>;
  /** What is looked at in it, one after the other. */
  readonly views?: readonly { readonly name: string; readonly show: (panel: OpenPanel) => Promise<unknown> }[];
}

const example = (name: string): string => readFileSync(new URL(`../../examples/${name}.ts`, import.meta.url), 'utf8');
const sick = readFileSync(new URL('../fixtures/health/vanishing-gradient.sick.ts', import.meta.url), 'utf8');

const longNames = `import { input, model, param, randn } from 'retrograd';
const aVeryLongNameOfAParameterThatNobodyWouldWriteButThatIsLegal = param(1e-30);
const hugeWeights = param(randn([512, 1024], { seed: 1 }));
const notFinite = param([0, -1, 1e300, 3]);
export const modelWithALongNameThatGoesOnAndOn = model(() => {
  const theInputOfTheFirstLayerOfTheEncoder = input(randn([64, 512], { seed: 2 }));
  const theOutputOfTheFirstLayerOfTheEncoder = theInputOfTheFirstLayerOfTheEncoder.matmul(hugeWeights).tanh();
  const scaled = theOutputOfTheFirstLayerOfTheEncoder.mean().mul(aVeryLongNameOfAParameterThatNobodyWouldWriteButThatIsLegal);
  const L = scaled.add(notFinite.log().sum()).add(notFinite.exp().mean());
  return L;
});
`;

const tabs = ['Chain rule', 'Gradient flow', 'Formula', 'Value', 'Gradient', 'Jacobian', 'Check', 'What if'];

async function trained(): Promise<OpenPanel> {
  const runner = startRunner({ spare: false });
  let trainer: TestTrainer | null = null;
  const panel = await openPanel(example('xor'), (request, changed) => {
    trainer = new TestTrainer(request, changed, runner);
    return trainer;
  });
  const strip = panel.page.getByTestId('training');
  await strip.getByRole('button', { name: 'Train', exact: true }).click();
  await panel.page.locator('[data-testid=training][data-phase=running]').waitFor();
  trainer!.make(1300, 'paused');
  await panel.page.getByTestId('training-scrubber').fill('400');
  await panel.page.locator('[data-testid=shown-step][data-step="400"]').waitFor();
  return {
    ...panel,
    close: async () => {
      await panel.close();
      runner.dispose();
    },
  };
}

/** Puts a snapshot without a graph into the mouth of the local page, which has a model always. */
const withoutGraph = (kind: PanelStatus['kind'], problems: readonly ProblemView[] = []) => ({
  name: kind,
  show: async ({ page }: OpenPanel): Promise<void> => {
    const data = JSON.stringify({
      type: 'snapshot',
      snapshot: {
        sequence: Number.MAX_SAFE_INTEGER,
        status: { kind },
        file: null,
        graph: null,
        problems,
        findings: null,
        findingsElsewhere: [],
      },
    });
    await page.evaluate((message) => {
      const { theEvents } = window as unknown as { theEvents: EventSource };
      theEvents.dispatchEvent(new MessageEvent('message', { data: message }));
    }, data);
    await page.locator(`[data-testid=panel][data-status=${kind}]`).waitFor();
  },
});

const shapeProblem: ProblemView = {
  code: 'shape',
  message: 'matmul: [4, 2] and [3, 4] do not fit: 2 is not 3.',
  file: 'src/models/a-folder-with-a-long-name/name-of-a-file.ts',
  line: 103,
  column: 9,
};

/** A node's tab of the inspector. */
const tabOf = (node: string, tab: string) => ({
  name: `${tab} of ${node}`,
  show: (panel: OpenPanel) => panel.inspect(node, tab),
});

export const states: readonly State[] = [
  { name: 'a graph of which nothing is chosen', open: () => openPanel(example('lenet')) },
  { name: 'the inspector', open: () => openPanel(example('xor')), views: tabs.map((tab) => tabOf('W1', tab)) },
  { name: 'several paths', open: () => openPanel(example('many-paths')), views: [tabOf('x1', 'Chain rule')] },
  {
    name: 'long names, many numbers, and some that are not finite',
    open: () => openPanel(longNames),
    views: [
      tabOf('aVeryLongNameOfAParameterThatNobodyWouldWriteButThatIsLegal', 'Chain rule'),
      tabOf('notFinite', 'Gradient'),
      tabOf('notFinite', 'Chain rule'),
      tabOf('theOutputOfTheFirstLayerOfTheEncoder', 'Gradient flow'),
    ],
  },
  {
    name: 'findings, and what each line takes of a gradient',
    open: async () => {
      const panel = await openPanel(sick);
      await panel.page.locator('[data-testid=findings-chip]').click();
      await panel.page.locator('[data-rule] button').first().click();
      await panel.page.getByRole('tab', { name: 'Gradient flow', exact: true }).click();
      return panel;
    },
  },
  {
    name: 'one element',
    open: async () => {
      const panel = await openPanel(example('xor'));
      const inspector = await panel.inspect('W1', 'Value');
      await inspector.getByRole('gridcell').nth(2).click();
      await panel.page.getByTestId('element').waitFor();
      await inspector.getByRole('tab', { name: 'Chain rule', exact: true }).click();
      return panel;
    },
  },
  {
    name: 'a check of all gradients',
    open: async () => {
      const panel = await openPanel(example('xor'));
      const inspector = await panel.inspect('W1', 'Check');
      await inspector.getByRole('button', { name: 'Check all' }).click();
      await inspector.locator('[data-check=done]').waitFor();
      return panel;
    },
  },
  {
    name: 'a what-if',
    open: async () => {
      const panel = await openPanel(example('two-layer-chain'));
      await panel.inspect('w1', 'What if');
      await panel.page.getByTestId('what-if-number').fill('0.5');
      await panel.page.locator('[data-testid=what-if][data-told=run]').waitFor();
      return panel;
    },
  },
  {
    name: 'both graphs',
    open: async () => {
      const panel = await openPanel(example('two-layer-chain'));
      await panel.page.getByRole('radio', { name: 'Both' }).click();
      return panel;
    },
  },
  { name: 'a training, one of its steps', open: trained },
  {
    name: 'two steps of a training side by side',
    open: async () => {
      const panel = await trained();
      await panel.page.getByRole('button', { name: 'Compare with this step' }).click();
      await panel.page.getByTestId('comparison').waitFor();
      return panel;
    },
  },
  {
    name: 'without a graph',
    open: async () => {
      const panel = await openPanel(example('two-layer-chain'));
      await panel.page.addInitScript(`window.EventSource = new Proxy(window.EventSource, {
        construct: (Real, given) => (window.theEvents = new Real(...given)),
      });`);
      await panel.page.reload();
      await panel.page.locator('[data-testid=panel]:not([data-layouts="0"])').waitFor();
      return panel;
    },
    views: [
      withoutGraph('untrusted'),
      withoutGraph('unasked'),
      withoutGraph('running'),
      withoutGraph('failed', [shapeProblem]),
      withoutGraph('empty'),
    ],
  },
  {
    name: 'a run that failed, over the last good graph',
    open: async () => {
      const panel = await openPanel(example('two-layer-chain'));
      await panel.run(example('two-layer-chain').replace('u1.tanh()', 'u1.tahn()'));
      await panel.page.getByTestId('problems').waitFor();
      return panel;
    },
  },
];
