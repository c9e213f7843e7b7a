import type { Disposable } from '../engine/base/disposable.ts';
import type { Services } from './services.ts';

/** Keeps something alive while its setting is on. */
export function whileEnabled(
  services: Services,
  setting: 'codeLens' | 'hover' | 'inlayHints',
  start: () => Disposable,
): Disposable {
  let started: Disposable | null = null;
  const update = (): void => {
    const enabled = services.settings.enabled(setting);
    if (enabled && started === null) started = start();
    if (!enabled) {
      started?.dispose();
      started = null;
    }
  };
  update();
  const listening = services.onDidChangeSettings(update);
  return {
    dispose: () => {
      listening.dispose();
      started?.dispose();
    },
  };
}
