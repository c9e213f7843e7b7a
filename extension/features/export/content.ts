import * as vscode from 'vscode';
import type { PassView } from '../../../engine/explain/pass-view.ts';
import { exportGraph, graphFormats, graphOf } from '../../../engine/workers/tasks/export-graph.ts';
import { reportFile } from '../../../engine/workers/tasks/report-file.ts';
import { commands } from '../../contributions.ts';
import type { Services } from '../../services.ts';

export const endings = { ...graphFormats, png: '.png', html: '.html' } as const;
export type FileKind = keyof typeof endings;

/** Dots for each pixel of the layout, so that small text stays sharp. */
const scale = 2;

/** The shown graph as the bytes of a file. @throws when it cannot be drawn */
export async function contentOf(kind: FileKind, view: PassView, services: Services): Promise<Uint8Array> {
  const { trace, pass, granularity } = view;
  const { layOut } = services.platform;
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (kind === 'html') {
    const examination = services.health.examination ?? {};
    return bytes(await reportFile(trace, [pass], { ...examination, gradients: false, layOut }));
  }
  const graph = graphOf(trace, pass, granularity);
  if (kind !== 'png') return bytes(await exportGraph(trace, graph, kind, { layOut }));
  const theme = isDark() ? 'dark' : 'light';
  const svg = await exportGraph(trace, graph, 'svg', { theme, layOut });
  // The page has to be there and in view: it draws.
  await vscode.commands.executeCommand(commands.showGraph);
  return services.pages.rasterise(svg, scale);
}

function isDark(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
}
