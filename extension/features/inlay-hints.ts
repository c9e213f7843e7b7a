import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { modelLanguages } from '../contributions.ts';
import { placeOfUri } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { markOf } from '../live/mark.ts';
import { whileEnabled } from '../while-enabled.ts';

/** Writes value and gradient at the end of the line that names them. */
export const inlayHints: Feature = {
  name: 'inlay hints',
  start: (services) => {
    const { live, traced, debugging } = services;
    const selector = modelLanguages.map((language) => ({ language }));
    return whileEnabled(services, 'inlayHints', () => {
      const store = new DisposableStore();
      const changed = store.add(new vscode.EventEmitter<void>());
      store.add(live.onDidChange(() => changed.fire()));
      store.add(debugging.onDidChange(() => changed.fire()));
      const provider: vscode.InlayHintsProvider = {
        onDidChangeInlayHints: changed.event,
        provideInlayHints(document, visible) {
          const place = placeOfUri(document.uri);
          const drift = place === null ? null : traced.drift(place, document.getText());
          if (place === null || drift === null) return [];
          const mark = markOf(services);
          return live.presenter.inlays().flatMap((inlay) => {
            const span = inlay.file === place.path ? drift.spanAfter(inlay.span) : null;
            if (span === null) return [];
            const { end } = document.lineAt(document.positionAt(span.end)).range;
            // While one steps, only what is there where the session stands.
            const { value, gradient } = debugging.hint(inlay.node, inlay);
            const parts = [value, gradient].filter((part) => part !== null);
            if (parts.length === 0 || !visible.contains(end)) return [];
            const hint = new vscode.InlayHint(end, parts.join('   ') + mark);
            hint.paddingLeft = true;
            return [hint];
          });
        },
      };
      store.add(vscode.languages.registerInlayHintsProvider(selector, provider));
      return store;
    });
  },
};
