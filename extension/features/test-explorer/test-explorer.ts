import * as vscode from 'vscode';
import { DisposableStore } from '../../../engine/base/disposable.ts';
import { t } from '../../../engine/base/l10n.ts';
import { gradientTestsId } from '../../contributions.ts';
import type { Feature } from '../../feature.ts';
import { GradientTests } from './gradient-tests.ts';
import { ModelItems } from './model-items.ts';

/** The gradients of every model of an open file, in VS Code's own list of tests. Nothing runs before somebody runs a test. */
export const testExplorer: Feature = {
  name: 'test explorer',
  start: (services) => {
    const store = new DisposableStore();
    const controller = store.add(vscode.tests.createTestController(gradientTestsId, t('Gradients')));
    const items = store.add(new ModelItems(controller));
    const tests = store.add(new GradientTests(services, controller, items));
    controller.refreshHandler = () => items.refreshAll();
    store.add(
      controller.createRunProfile(
        t('Check gradients'),
        vscode.TestRunProfileKind.Run,
        (request, token) => tests.run(request, token),
        true,
      ),
    );
    return store;
  },
};
