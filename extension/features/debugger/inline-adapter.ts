import * as vscode from 'vscode';
import { Adapter } from '../../../engine/debug/adapter.ts';
import type { Services } from '../../services.ts';
import { editorHost } from './editor-host.ts';

/** The adapter in the extension's own process: the same in a desktop, a remote and a web window. */
export class InlineAdapter implements vscode.DebugAdapter {
  readonly #sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly host: ReturnType<typeof editorHost>;
  readonly adapter: Adapter;
  readonly onDidSendMessage = this.#sent.event;
  readonly onDidDispose = this.#disposed.event;

  constructor(services: Services) {
    this.host = editorHost(services);
    this.adapter = new Adapter(this.host, (message) => this.#sent.fire(message));
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.adapter.receive(message);
  }

  dispose(): void {
    this.adapter.dispose();
    this.host.dispose();
    this.#disposed.fire();
    this.#sent.dispose();
    this.#disposed.dispose();
  }
}
