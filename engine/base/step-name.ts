import { countText } from './count-text.ts';
import { t } from './l10n.ts';

/** A step of training where it stands for its graph: `step 1 200`. */
export const stepName = (step: number): string => t('step {0}', countText(String(step)));
