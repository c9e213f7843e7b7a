import type { PanelView, ToHost, ToPanel } from '../engine/protocol/panel.ts';
import { isToPanel, parsePanelView } from '../engine/protocol/parse-panel.ts';

/** Whoever runs the models: the editor, or the local page's server. */
export interface Host {
  send(message: ToHost): void;
  /** What the panel showed before it was hidden, moved or reloaded. */
  readonly remembered: PanelView | null;
  remember(view: PanelView): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export const metaOf = (name: string): string | null =>
  document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? null;

export function connect(receive: (message: ToPanel) => void): Host {
  const token = metaOf('retrograd-local');
  return token === null ? editor(receive) : localServer(token, receive);
}

function editor(receive: (message: ToPanel) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isToPanel(data)) receive(data);
  });
  return {
    send: (message) => api.postMessage(message),
    remembered: parsePanelView(api.getState()),
    remember: (view) => api.setState(view),
  };
}

/** Whether there is an editor that texts can be changed in: the local page has none. */
export const hasEditor = (): boolean => metaOf('retrograd-local') === null;

const storageKey = 'retrograd-panel';

function localServer(token: string, receive: (message: ToPanel) => void): Host {
  // Each page has a name of its own: answers go to the one that asked.
  const query = `?token=${encodeURIComponent(token)}&page=${crypto.randomUUID()}`;
  const events = new EventSource(`/events${query}`);
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const message: unknown = JSON.parse(data);
    if (isToPanel(message)) receive(message);
  });
  return {
    send: (message) =>
      void fetch(`/message${query}`, {
        method: 'POST',
        body: JSON.stringify(message),
        headers: { 'content-type': 'application/json' },
      }),
    remembered: parsePanelView(JSON.parse(sessionStorage.getItem(storageKey) ?? 'null')),
    remember: (view) => sessionStorage.setItem(storageKey, JSON.stringify(view)),
  };
}
