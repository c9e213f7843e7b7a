/** Where VS Code starts the extension in Node: on a desktop, or on the server of a remote window. */
import type { ExtensionContext } from 'vscode';
import { nodePlatform } from './platform/node.ts';
import { start } from './start.ts';

export const activate = (context: ExtensionContext): void => start(context, nodePlatform(context));
