import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Problem } from '../../base/problem.ts';
import type { ModelToRun } from './models.ts';
import { startOf } from './problems.ts';
import type { Session } from './session.ts';

/** Why a training cannot begin, or not go on. */
export class TrainingFailed extends Error {
  override readonly name = 'TrainingFailed';
  constructor(
    readonly problem: Problem,
    /** The text of the file that the problem is in. */
    readonly text: string,
  ) {
    super(problem.message);
  }
}

/** From what was thrown in a session, on either side of the wall. */
export function failureOf(session: Session, thrown: unknown): TrainingFailed {
  if (thrown instanceof TrainingFailed) return thrown;
  const problem = session.problem(thrown);
  return new TrainingFailed(problem, session.program.modules.get(problem.file)?.text ?? '');
}

/** There is no model of the wanted name, or it has no optimizer. */
export function nothingToTrain(entry: ModulePath, wanted: string | null, model: ModelToRun | undefined): Problem {
  const settings = '{ optimizer: optim.adam({ lr: 0.01 }) }';
  const message = model
    ? t('{0} has no optimizer: give it one, as in model(fn, {1}).', model.name, settings)
    : wanted === null
      ? t('No model of this file has an optimizer: give it one, as in model(fn, {0}).', settings)
      : t('This file declares no model {0} any more.', wanted);
  return { code: 'no-model', severity: 'error', message, ...(model?.place ?? startOf(entry)) };
}
