import { t } from '../base/l10n.ts';
import { elementName } from '../explain/tensors/matrix-view.ts';
import type { Playback } from './playback.ts';
import { exactly } from './variables/show.ts';

/** Longer lists are cut off: they are read in a line. */
const most = 3;

/** What a session was given in place of the run's values: `w₁ = 0.5 (was 0.8)`, `W[1,0] = 2.5 (was 3)`. */
export function changesOf({ replay, names, graph }: Playback): string[] {
  const told: string[] = [];
  for (const leaf of replay.given) {
    const { shape, dtype } = graph.node(leaf);
    const [before, after] = [replay.recording.value(leaf).data, replay.value(leaf).data];
    // A number without a name is shown as itself.
    const name = graph.node(leaf).name === null ? names.written(leaf) : names.shown(leaf);
    for (let i = 0; i < before.length; i++) {
      if (Object.is(before[i], after[i])) continue;
      if (told.length === most) return [...told, '…'];
      const [was, is] = [exactly(before[i]!, dtype), exactly(after[i]!, dtype)];
      told.push(t('{0} = {1} (was {2})', elementName(name, i, shape), is, was));
    }
  }
  return told;
}
