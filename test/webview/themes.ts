import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

interface Theme {
  readonly body: string;
  readonly colours: Readonly<Record<string, string>>;
}

/** What VS Code 1.104 tells a webview of its own themes, of the variables that the panel reads. */
const told = JSON.parse(readFileSync(new URL('../fixtures/themes/vscode.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Theme>
>;

export const themes: readonly string[] = Object.keys(told);

/** Gives the local page the colours of a theme of VS Code, the way a webview gets them. */
export async function wear(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: name.startsWith('Light') ? 'light' : 'dark' });
  await page.evaluate(({ body, colours }) => {
    // What stands in for an editor's colours where there is none.
    document.querySelector('link[href*="local-theme"]')?.remove();
    const { style } = document.documentElement;
    for (const variable of Array.from(style)) if (variable.startsWith('--vscode-')) style.removeProperty(variable);
    for (const [variable, value] of Object.entries(colours)) style.setProperty(variable, value);
    document.body.className = body;
  }, told[name]!);
  // The toolkit takes over colours a frame later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
