import * as vscode from 'vscode';
import { DisposableStore } from '../../../engine/base/disposable.ts';
import { commands, debugType } from '../../contributions.ts';
import { placeOfUri } from '../../documents.ts';
import type { Feature } from '../../feature.ts';
import { modelAsked } from '../../model-asked.ts';
import { locationOf, samePlace } from '../../place.ts';
import type { Services } from '../../services.ts';
import { configurationFor, configurations } from './configurations.ts';
import { InlineAdapter } from './inline-adapter.ts';
import { followSession } from './follow-session.ts';

/** Steps through a model's passes, forward and back, with the editor's own debugger. */
export const debugging: Feature = {
  name: 'debugger',
  start: (services) => {
    const store = new DisposableStore();
    const inline = new Map<string, InlineAdapter>();
    store.add(
      vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
        createDebugAdapterDescriptor: (session) => {
          const adapter = new InlineAdapter(services);
          const following = followSession(services, session, adapter);
          inline.set(session.id, adapter);
          adapter.onDidDispose(() => {
            inline.delete(session.id);
            following.dispose();
          });
          return new vscode.DebugAdapterInlineImplementation(adapter);
        },
      }),
    );
    store.add(
      vscode.debug.onDidChangeActiveDebugSession((session) => {
        const adapter = session && inline.get(session.id);
        if (adapter) services.debugging.bringToFront(adapter.adapter);
      }),
    );
    const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
    for (const trigger of [Initial, Dynamic])
      store.add(vscode.debug.registerDebugConfigurationProvider(debugType, configurations, trigger));
    store.add(
      vscode.commands.registerCommand(commands.stepBackward, (asked: unknown) => stepBackward(services, asked)),
    );
    store.add(vscode.commands.registerCommand(commands.restoreRun, () => services.debugging.move('restore')));
    return store;
  },
};

/** Of the step of training that is shown, where one is. */
async function stepBackward({ live, training }: Services, asked: unknown): Promise<void> {
  const { uri, model } = modelAsked(asked);
  const document = uri === null ? null : await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const place = document && placeOfUri(document.uri);
  const state =
    samePlace(place, live.place) && (model === null || model === training.state?.model) ? training.state : null;
  const configuration = {
    ...configurationFor(document ? locationOf(document.uri) : '', model),
    ...(state?.shown && { step: state.shown, model: state.model }),
  };
  const folder = document === null ? undefined : vscode.workspace.getWorkspaceFolder(document.uri);
  // What runs is the text in the editor, saved or not: nobody's file is to be written for that.
  await vscode.debug.startDebugging(folder, configuration, { suppressSaveBeforeStart: true });
}
