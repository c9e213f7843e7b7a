import * as vscode from 'vscode';
import { DisposableStore } from '../../../engine/base/disposable.ts';
import { commands, debugType } from '../../contributions.ts';
import type { Feature } from '../../feature.ts';
import { modelAsked } from '../../model-asked.ts';
import { configurationFor, configurations } from './configurations.ts';
import { InlineAdapter } from './inline-adapter.ts';

/** Steps through a model's passes, forward and back, with the editor's own debugger. */
export const debugging: Feature = {
  name: 'debugger',
  start: (services) => {
    const store = new DisposableStore();
    store.add(
      vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
        createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(new InlineAdapter(services)),
      }),
    );
    store.add(vscode.debug.registerDebugConfigurationProvider(debugType, configurations));
    store.add(
      vscode.debug.registerDebugConfigurationProvider(
        debugType,
        configurations,
        vscode.DebugConfigurationProviderTriggerKind.Dynamic,
      ),
    );
    store.add(
      vscode.commands.registerCommand(commands.stepBackward, async (asked: unknown) => {
        const { uri, model } = modelAsked(asked);
        const document = uri === null ? null : await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
        const configuration = configurationFor(document?.uri.fsPath ?? '', model);
        const folder = document === null ? undefined : vscode.workspace.getWorkspaceFolder(document.uri);
        // What runs is the text in the editor, saved or not: nobody's file is to be written for that.
        await vscode.debug.startDebugging(folder, configuration, { suppressSaveBeforeStart: true });
      }),
    );
    return store;
  },
};
