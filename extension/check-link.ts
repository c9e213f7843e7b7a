import * as vscode from 'vscode';
import { t } from '../engine/base/l10n.ts';
import { commands } from './contributions.ts';

/** The link under a hover. It runs this one command alone, whatever else the text of the hover holds. */
export const checkLink = ({ uri }: vscode.TextDocument, offset: number): vscode.MarkdownString => {
  const given = encodeURIComponent(JSON.stringify([uri.toString(), offset]));
  const link = new vscode.MarkdownString(`[${t('Check this gradient')}](command:${commands.checkGradient}?${given})`);
  link.isTrusted = { enabledCommands: [commands.checkGradient] };
  return link;
};
