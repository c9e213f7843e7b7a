import type { Feature } from '../feature.ts';

/** Lets the setting decide how the graph is first shown; the panel may choose otherwise until the setting changes again. */
export const granularity: Feature = {
  name: 'granularity',
  start: ({ live, settings, onDidChangeSettings }) => {
    let applied = settings.granularity;
    live.choose(null, applied, []);
    return onDidChangeSettings(() => {
      if (settings.granularity === applied) return;
      applied = settings.granularity;
      live.choose(live.snapshot.graph?.model ?? null, applied, []);
    });
  },
};
