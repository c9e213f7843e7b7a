import { type Translations, setTranslations } from '../engine/base/l10n.ts';
import { metaOf } from './host.ts';

/** Makes the page speak its reader's language, before it says anything. */
export function speak(): void {
  const bundle = metaOf('retrograd-translations');
  setTranslations(bundle === null ? null : (JSON.parse(bundle) as Translations), document.documentElement.lang);
}
