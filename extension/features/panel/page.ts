import * as vscode from 'vscode';
import { displayLanguage } from '../../../engine/base/l10n.ts';
import { panelPage } from '../../../engine/protocol/page.ts';

const folder = (extension: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(extension, 'dist', 'webview');

export const webviewOptions = (extension: vscode.Uri): vscode.WebviewOptions => ({
  enableScripts: true,
  localResourceRoots: [folder(extension)],
});

export function pageFor(webview: vscode.Webview, extension: vscode.Uri): string {
  const resource = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder(extension), name)).toString();
  return panelPage({
    script: resource('panel.js'),
    style: resource('panel.css'),
    elkWorker: resource('elk-worker.js'),
    cspSource: webview.cspSource,
    nonce: crypto.randomUUID(),
    language: displayLanguage(),
  });
}
