/** Every id that package.json and the code share, written once. `test/extension/contributions.test.ts` holds both to it. */

export const commands = {
  showGraph: 'retrograd.showGraph',
  run: 'retrograd.run',
  stop: 'retrograd.stop',
  forgetPermission: 'retrograd.forgetPermission',
  addLibrary: 'retrograd.addLibrary',
  showOutput: 'retrograd.showOutput',
  stepBackward: 'retrograd.stepBackward',
  restoreRun: 'retrograd.restoreRun',
  train: 'retrograd.train',
  pauseTraining: 'retrograd.pauseTraining',
  stopTraining: 'retrograd.stopTraining',
  exportGraph: 'retrograd.exportGraph',
  keepSnapshot: 'retrograd.keepSnapshot',
  compareSnapshot: 'retrograd.compareSnapshot',
  compareLastEdit: 'retrograd.compareLastEdit',
  compareStep: 'retrograd.compareStep',
  copyLatex: 'retrograd.copyLatex',
  copyMarkdown: 'retrograd.copyMarkdown',
  copyTypeScript: 'retrograd.copyTypeScript',
  checkGradient: 'retrograd.checkGradient',
} as const;

/** Keys of the `when` clauses. */
export const contextKeys = {
  /** The active editor holds a file that imports the library. */
  modelFile: 'retrograd.modelFile',
  /** There is a live file, be it the active one or not. */
  live: 'retrograd.live',
  running: 'retrograd.running',
  /** There is a training, running or not. */
  training: 'retrograd.training',
  /** Models of some folder of this workspace may run. */
  allowed: 'retrograd.allowed',
} as const;

export const settingIds = {
  softDeadline: 'retrograd.run.softDeadline',
  hardDeadline: 'retrograd.run.hardDeadline',
  guestMemory: 'retrograd.run.guestMemory',
  tensorMemory: 'retrograd.run.tensorMemory',
  maxNodes: 'retrograd.run.maxNodes',
  maxLogLines: 'retrograd.run.maxLogLines',
  delay: 'retrograd.run.delay',
  granularity: 'retrograd.granularity',
  codeLens: 'retrograd.codeLens.enabled',
  hover: 'retrograd.hover.enabled',
  inlayHints: 'retrograd.inlayHints.enabled',
  health: 'retrograd.health.enabled',
  healthRulesOff: 'retrograd.health.rulesOff',
  healthThresholds: 'retrograd.health.thresholds',
} as const;

export type SettingName = keyof typeof settingIds;

export const panelViewType = 'retrograd.graph';
/** Of the gradients in VS Code's list of tests. */
export const gradientTestsId = 'retrograd.gradients';
export const debugType = 'retrograd';
export const statusBarId = 'retrograd.status';
export const trainingStatusId = 'retrograd.trainingStatus';
export const diagnosticsName = 'retrograd';
/** Of findings about gradients, in the Problems view. */
export const healthName = 'retrograd health';

/** Languages whose files can be models. */
export const modelLanguages = ['typescript', 'javascript'] as const;

/** Endings of files that a model can be or import. */
export const programExtensions = ['.ts', '.mts', '.js', '.mjs', '.json'] as const;
