import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../engine/base/disposable.ts';
import type { Offset } from '../../../engine/base/span.ts';
import { PanelTasks } from '../../../engine/workers/tasks/panel-tasks.ts';
import { replyTo } from '../../../engine/explain/reply.ts';
import { parseToHost } from '../../../engine/protocol/parse-panel.ts';
import type { ToHost, ToPanel } from '../../../engine/protocol/panel.ts';
import { commands } from '../../contributions.ts';
import { placeOfUri } from '../../documents.ts';
import type { Services } from '../../services.ts';
import { openRulePage, revealFinding, revealNode, revealProblem } from './reveal.ts';
import { writeBack } from './write-back.ts';

/** Talks with one page until it is closed. The page may be reloaded in between: it then says `ready` again. */
export function converse(services: Services, panel: vscode.WebviewPanel): Disposable {
  const { live, traced, debugging, checkRequests, comparing, pages, training, log } = services;
  const store = new DisposableStore();
  const send = (message: ToPanel): void => void panel.webview.postMessage(message);

  const tasks = store.add(
    new PanelTasks({
      presenter: live.presenter,
      shown: () => live.snapshot,
      program: () => debugging.program ?? training.shownProgram,
      send,
      startRunner: () => services.platform.startRunner({ spare: false }),
      startChecker: () => services.platform.startChecker(),
    }),
  );

  const sendSnapshot = (): void => send({ type: 'snapshot', snapshot: live.snapshot });

  const sendDebugging = (): void => send({ type: 'debug', state: debugging.state });

  const sendTraining = (): void => send({ type: 'training', state: training.state });

  const sendComparison = (): void => send({ type: 'comparison', state: comparing.state });

  const sendSelection = (editor: vscode.TextEditor | undefined): void => {
    const place = editor && placeOfUri(editor.document.uri);
    if (!editor || !place || !live.showsTrace) return;
    const { document, selection } = editor;
    send({
      type: 'select',
      node: traced.nodeAt(place, document.getText(), document.offsetAt(selection.active) as Offset),
    });
  };

  /** A page that is loaded and not hidden since: only there is a request taken up. */
  let listens = false;
  const sendCheck = (): void => {
    const node = listens ? checkRequests.take() : null;
    if (node !== null) send({ type: 'check', node });
  };

  const receive = (message: ToHost): void => {
    switch (message.type) {
      case 'ready': {
        const { view } = message;
        if (view !== null) {
          live.choose(view.model, view.granularity, view.opened);
          live.chooseElement(view.element);
        } else sendSnapshot();
        sendSelection(vscode.window.activeTextEditor);
        sendDebugging();
        sendTraining();
        sendComparison();
        pages.attach(send);
        listens = true;
        sendCheck();
        return;
      }
      case 'ask':
        return send(replyTo(message, live.presenter, live.snapshot));
      case 'beginTask':
        return tasks.begin(message);
      case 'stopTask':
        return tasks.stop(message.request);
      case 'writeBack':
        return void writeBack(tasks.toWrite(message.request)).then((failure) => {
          if (failure !== null) void vscode.window.showWarningMessage(failure);
        });
      case 'reveal':
        return void revealNode(services, message.node);
      case 'revealProblem':
        return void revealProblem(services, message.index);
      case 'revealFinding':
        return void revealFinding(services, message.index);
      case 'openRulePage':
        return void openRulePage(services, message.index);
      case 'choose':
        return live.choose(message.model, message.granularity, message.opened);
      case 'element':
        return live.chooseElement(message.element);
      case 'run':
        return void vscode.commands.executeCommand(commands.run);
      case 'compareStep':
        return void vscode.commands.executeCommand(commands.compareStep);
      case 'manageTrust':
        return void vscode.commands.executeCommand('workbench.trust.manage');
      case 'endComparison':
        return comparing.end();
      case 'picture':
        return pages.receive(message);
      case 'stop':
        return live.stop();
      case 'debug':
        return debugging.move(message.move);
      case 'training':
        return training.move(message.move);
      case 'seek':
        return debugging.seek(message.position);
      case 'seekNode':
        return debugging.seekNode(message.node);
    }
  };

  store.add(
    panel.webview.onDidReceiveMessage((untrusted: unknown) => {
      const message = parseToHost(untrusted);
      if (message === null) log.warn('The panel sent something that is no message of its protocol.');
      else receive(message);
    }),
  );
  store.add(
    live.onDidChange(() => {
      // A hidden page is gone; it asks when it comes back.
      if (!panel.visible) return;
      sendSnapshot();
      sendDebugging();
      if (comparing.isComparing) sendComparison();
    }),
  );
  store.add(comparing.onDidChange(() => panel.visible && sendComparison()));
  store.add({ dispose: () => pages.detach() });
  store.add(checkRequests.onDidAsk(sendCheck));
  store.add(
    panel.onDidChangeViewState(() => {
      listens &&= panel.visible;
      if (!panel.visible) pages.detach();
    }),
  );
  store.add(training.onDidChange(() => panel.visible && sendTraining()));
  store.add(debugging.onDidChange(() => panel.visible && sendDebugging()));
  store.add(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      // Selections that code makes, our own reveal among them, are no wish to look at something else.
      if (kind !== undefined) sendSelection(textEditor);
    }),
  );
  return store;
}
