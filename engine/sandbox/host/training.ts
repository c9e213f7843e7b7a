import { t } from '../../base/l10n.ts';
import type { Problem } from '../../base/problem.ts';
import type { Budget } from '../../protocol/worker.ts';
import type { TrainedParameter } from '../../protocol/training.ts';
import type { TapeNode } from '../../autograd/local-runtime.ts';
import { isDue } from '../../training/due.ts';
import { TrainingRecord } from '../../training/record.ts';
import type { Engine } from './engine.ts';
import type { ModelToRun } from './models.ts';
import { startOf } from './problems.ts';
import { Program, type ProgramFiles } from './program.ts';
import { Session } from './session.ts';
import { ParameterLook } from './training-look.ts';
import { TrainingSteps } from './training-steps.ts';
import { Work } from './work.ts';
import type { ModulePath } from '../../base/brand.ts';

/** What a training is of. */
export interface ToTrain {
  readonly entry: ModulePath;
  readonly files: ProgramFiles;
  readonly budget: Budget;
  /** Null: the first that has an optimizer. */
  readonly model: string | null;
}

/** Why a training cannot go on. */
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

/** A program whose model is trained, in a sandbox that lives as long as the training does. */
export class TrainingRun {
  /** Steps that were made. */
  step = 0;
  readonly record: TrainingRecord;
  readonly #session: Session;
  readonly #steps: TrainingSteps;
  readonly #parameters: readonly Named[];

  private constructor(
    readonly model: ModelToRun,
    session: Session,
  ) {
    this.#session = session;
    const { recorder, tape, instance } = session;
    this.#steps = new TrainingSteps(model, instance, recorder, tape, new Work(() => session.checkTime()));
    this.#parameters = namedParameters(session);
    this.record = new TrainingRecord(this.#parameters.map(({ name, node }) => ({ name, size: node.data.length })));
  }

  /** Runs the program up to its models. @throws TrainingFailed */
  static async open({ entry, files, budget, model: wanted }: ToTrain, engine: Engine): Promise<TrainingRun> {
    const program = new Program(entry, files);
    const session = new Session(program, budget, engine);
    const textOf = (file: ModulePath): string => program.modules.get(file)?.text ?? '';
    const error = program.problems.find(({ severity }) => severity === 'error');
    if (error) throw new TrainingFailed(error, textOf(error.file));
    return session.during(async () => {
      try {
        await session.open();
        // The first of everything is slow in a new thread, and none of that is the model's.
        session.grant(budget.softDeadline);
        await session.evaluate();
        const models = session.models.declared(session.instance);
        const model = models.find(({ name, optimizer }) => (wanted === null ? optimizer !== null : name === wanted));
        if (!model?.optimizer)
          throw new TrainingFailed(nothingToTrain(entry, wanted, model), textOf(model?.place?.file ?? entry));
        session.begin(model);
        return new TrainingRun(model, session);
      } catch (thrown) {
        const failure = thrown instanceof TrainingFailed ? thrown : failureOf(session, thrown);
        session.dispose();
        throw failure;
      }
    });
  }

  /** One step. @throws TrainingFailed; the training is over then */
  next(): void {
    const session = this.#session;
    const step = this.step + 1;
    const look = isDue(step) ? new ParameterLook(this.#parameters.map(({ node }) => node)) : null;
    session.grant(session.budget.softDeadline);
    session.within(() => {
      try {
        const loss = this.#steps.next(look);
        session.check();
        this.step = step;
        this.record.add(step, loss, look?.changes ?? []);
      } catch (thrown) {
        throw failureOf(session, thrown);
      }
    });
  }

  /** The weights as they stand. */
  weights(): readonly TrainedParameter[] {
    return this.#parameters.map(({ name, ordinal, node }) => ({
      name,
      ordinal,
      shape: node.shape,
      values: Array.from(node.data),
    }));
  }

  dispose(): void {
    this.#session.dispose();
  }
}

interface Named {
  readonly name: string;
  readonly ordinal: number;
  readonly node: TapeNode;
}

/** The parameters under the names that the source has for them. */
function namedParameters({ recorder }: Session): Named[] {
  const taken = new Map<string, number>();
  return recorder.parameters().map((node) => {
    const name = recorder.table.nameOf(recorder.idOf(node)) ?? t('parameter');
    const ordinal = taken.get(name) ?? 0;
    taken.set(name, ordinal + 1);
    return { name, ordinal, node };
  });
}

function nothingToTrain(entry: ModulePath, wanted: string | null, model: ModelToRun | undefined): Problem {
  const message = model
    ? t(
        '{0} has no optimizer: give it one, as in model(fn, {1}).',
        model.name,
        '{ optimizer: optim.adam({ lr: 0.01 }) }',
      )
    : wanted === null
      ? t(
          'No model of this file has an optimizer: give it one, as in model(fn, {0}).',
          '{ optimizer: optim.adam({ lr: 0.01 }) }',
        )
      : t('This file declares no model {0} any more.', wanted);
  return { code: 'no-model', severity: 'error', message, ...(model?.place ?? startOf(entry)) };
}

function failureOf(session: Session, thrown: unknown): TrainingFailed {
  const problem = session.problem(thrown);
  return new TrainingFailed(problem, session.program.modules.get(problem.file)?.text ?? '');
}
