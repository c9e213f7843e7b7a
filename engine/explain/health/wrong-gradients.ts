import { t } from '../../base/l10n.ts';
import type { CheckReport, GradientCheckDocument } from './report.ts';

/** What a gradient that differs from its central differences is called in reports, beside the ids of the rules. */
export const gradientCheckId = 'gradient-check';

type NodeDocument = GradientCheckDocument['nodes'][number];

export interface WrongGradient {
  readonly model: string;
  readonly check: NodeDocument;
  readonly message: string;
}

export const wrongGradients = ({ gradientChecks }: Pick<CheckReport, 'gradientChecks'>): WrongGradient[] =>
  gradientChecks.flatMap(({ model, nodes }) =>
    nodes
      .filter(({ verdict }) => verdict === 'differs')
      .map((check): WrongGradient => ({ model, check, message: messageOf(check, model) })),
  );

function messageOf({ node, worst, direction }: NodeDocument, model: string): string {
  const told = t('{0}: the gradient of {1} differs from its central differences.', model, node);
  const compared = worst?.verdict === 'differs' ? worst : direction;
  return compared ? `${told} ${String(compared.analytic)} ≠ ${String(compared.numeric)}` : told;
}
