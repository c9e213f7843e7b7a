import { ruleIds } from '../../analysis/health/finding.ts';
import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import type { Span } from '../../base/span.ts';
import type { Trace } from '../../trace/format.ts';
import { PassView } from '../pass-view.ts';
import { type Examination, examined } from './findings.ts';
import { type Suppression, silences, suppressionsOf } from './suppress.ts';

/** What is said of comments that ask for silence, beside the ids of the rules. */
export const noteIds = ['unknown-rule', 'unused-suppression'] as const;

/** A comment that asks for silence about nothing. */
export interface SuppressionNote {
  readonly rule: (typeof noteIds)[number];
  readonly severity: 'warning' | 'info';
  readonly message: string;
  readonly file: ModulePath;
  readonly span: Span;
}

/** Comments that name a rule which there is not, or which has nothing to say there in any model of the run. */
export function suppressionNotes(trace: Trace, examination: Examination = {}): SuppressionNote[] {
  const all = trace.files.flatMap(({ path, text }) => suppressionsOf(text).map((one) => ({ ...one, file: path })));
  if (all.length === 0) return [];
  const findings = trace.passes.flatMap((pass) => examined(new PassView(trace, pass, 'named'), examination));
  return all.flatMap((suppression): SuppressionNote[] => {
    const { rule, file, span } = suppression;
    if (rule === null) {
      return [{ rule: 'unknown-rule', severity: 'warning', message: unknown(suppression), file, span }];
    }
    const isUsed = findings.some(
      (finding) => finding.source?.file === file && silences(suppression, finding.rule, finding.source.line),
    );
    if (isUsed || !isLookedFor(suppression, examination)) return [];
    const message = t('Nothing is silenced here: {0} finds nothing at this line or the next.', rule);
    return [{ rule: 'unused-suppression', severity: 'info', message, file, span }];
  });
}

function unknown({ name }: Suppression): string {
  if (name === null)
    return t('retrograd-ignore names the rules that are meant: {0}', '// retrograd-ignore dead-relu: …');
  const meant = nearest(name, ruleIds);
  return meant === null
    ? t("There is no rule '{0}'.", name)
    : t("There is no rule '{0}'. Did you mean '{1}'?", name, meant);
}

/** What is switched off, or needs a training to be seen, may be silenced for other runs. */
const isLookedFor = ({ rule }: Suppression, { off, losses }: Examination): boolean =>
  rule !== null && !off?.has(rule) && (rule !== 'loss-not-falling' || (losses ?? []).length > 0);
