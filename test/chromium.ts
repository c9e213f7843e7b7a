import { type Browser, chromium } from 'playwright-core';

/** Of a browser that may be started by root, and talks to nobody of its own accord. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium that the tests are run with: the one that is named, or the system's. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['RETROGRAD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...browserArguments],
  });
