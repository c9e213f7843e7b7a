/** Where VS Code starts the extension in a browser: vscode.dev, github.dev, a web window without a server behind it. */
import type { ExtensionContext } from 'vscode';
import { webPlatform } from './platform.ts';
import { start } from '../start.ts';

export const activate = (context: ExtensionContext): void => start(context, webPlatform(context));
