import { env, type ExtensionContext, l10n } from 'vscode';
import { setTranslations } from '../engine/base/l10n.ts';
import type { Feature } from './feature.ts';
import { addLibrary } from './features/add-library.ts';
import { assertions } from './features/assertions.ts';
import { checkGradient } from './features/check-gradient.ts';
import { codeLens } from './features/code-lens.ts';
import { contextKeys } from './features/context-keys.ts';
import { compare } from './features/compare/compare.ts';
import { exportGraph } from './features/export/export.ts';
import { debugging } from './features/debugger/debugger.ts';
import { copyGradient } from './features/copy-gradient.ts';
import { followEditor } from './features/follow-editor.ts';
import { granularity } from './features/granularity.ts';
import { health } from './features/health.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { output } from './features/output.ts';
import { panel } from './features/panel/panel.ts';
import { problems } from './features/problems.ts';
import { projectConfig } from './features/project-config.ts';
import { quickFixes } from './features/quick-fixes.ts';
import { running } from './features/running.ts';
import { statusBar } from './features/status-bar.ts';
import { testExplorer } from './features/test-explorer/test-explorer.ts';
import { training } from './features/training/training.ts';
import type { Platform } from './platform/platform.ts';
import { createServices } from './services.ts';

/** The order matters once: what listens to the live state starts before what sets it going. */
const features: readonly Feature[] = [
  contextKeys,
  granularity,
  statusBar,
  codeLens,
  hover,
  inlayHints,
  problems,
  health,
  assertions,
  projectConfig,
  quickFixes,
  panel,
  running,
  addLibrary,
  copyGradient,
  exportGraph,
  compare,
  checkGradient,
  output,
  debugging,
  testExplorer,
  training,
  followEditor,
];

/** The extension in a host of whatever platform. */
export function start(context: ExtensionContext, platform: Platform): void {
  // Before anything that makes texts: the editor has read the bundle of its own display language already.
  setTranslations(l10n.bundle ?? null, env.language);
  const services = createServices(context, platform);
  context.subscriptions.push(services);
  for (const feature of features) context.subscriptions.push(feature.start(services));
}
