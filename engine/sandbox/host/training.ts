import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Problem } from '../../base/problem.ts';
import type { Budget } from '../../protocol/worker.ts';
import type { TrainedParameter } from '../../protocol/training.ts';
import type { TapeNode } from '../../autograd/local-runtime.ts';
import { Checkpoints } from '../../training/checkpoints.ts';
import { isDue } from '../../training/due.ts';
import { type Learned, TrainingRecord } from '../../training/record.ts';
import type { Engine } from './engine.ts';
import type { ModelToRun } from './models.ts';
import { startOf } from './problems.ts';
import { Program, type ProgramFiles } from './program.ts';
import { type PackedResult, traceOf } from './run.ts';
import { Session } from './session.ts';
import { CheckpointTaker, type TrainingCheckpoint } from './training-checkpoint.ts';
import { StepLook } from './training-look.ts';
import { TrainingSteps } from './training-steps.ts';
import { Work } from './work.ts';

/** What a training is of. */
export interface ToTrain {
  readonly entry: ModulePath;
  readonly files: ProgramFiles;
  readonly budget: Budget;
  /** Null: the first that has an optimizer. */
  readonly model: string | null;
  /** What parameters hold at first, in place of what the program makes them with. */
  readonly weights: readonly TrainedParameter[];
}

/** Milliseconds of training that are sooner made again than kept. */
const worthwhile = 150;
/** So many times what a checkpoint takes goes by until the next. */
const share = 40;

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
  readonly #parameters: readonly TapeNode[];
  readonly #taker: CheckpointTaker;
  readonly #checkpoints = new Checkpoints<TrainingCheckpoint>();
  /** When the next one is worth its time. */
  #checkpointFrom: number;

  private constructor(
    readonly model: ModelToRun,
    session: Session,
    readonly what: ToTrain,
  ) {
    this.#session = session;
    const { recorder, tape, instance, replay } = session;
    this.#steps = new TrainingSteps(
      model,
      instance,
      {
        recorder,
        tape,
        updates: session.models.updatesOf(model),
        replay,
        isRepeatable: (scope) => session.program.isRepeatable(scope),
      },
      new Work(() => session.checkTime()),
    );
    this.#parameters = recorder.parameters();
    this.record = new TrainingRecord(this.#parameters.length);
    this.#taker = new CheckpointTaker(session.memory.bytes);
    this.#checkpointFrom = session.engine.now() + worthwhile;
  }

  /** Runs the program up to its models. @throws TrainingFailed */
  static async open(what: ToTrain, engine: Engine): Promise<TrainingRun> {
    const { entry, files, budget, model: wanted } = what;
    const program = new Program(entry, files);
    const session = new Session(program, budget, engine, null, what.weights);
    const textOf = (file: ModulePath): string => program.modules.get(file)?.text ?? '';
    const error = program.problems.find(({ severity }) => severity === 'error');
    if (error) throw new TrainingFailed(error, textOf(error.file));
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
      return new TrainingRun(model, session, what);
    } catch (thrown) {
      const failure = thrown instanceof TrainingFailed ? thrown : failureOf(session, thrown);
      session.dispose();
      throw failure;
    }
  }

  /** One step; its loss before the update. @throws TrainingFailed; the training is over then */
  next(): number {
    const step = this.step + 1;
    const hasRidges = this.record.ridges.isDue(step);
    const look =
      hasRidges || isDue(step) ? new StepLook(this.#parameters, (node) => this.#labelOf(node), hasRidges) : null;
    const loss = this.#make(look);
    this.step = step;
    this.record.add(step, loss, look?.changes ?? []);
    if (look && hasRidges) this.record.ridges.add(step, look.samples);
    if (this.#checkpoints.isDue(step) && this.#session.engine.now() >= this.#checkpointFrom) this.#checkpoint();
    return loss;
  }

  /** The parameters, as the source names them: a module does when it is first called. */
  get learned(): readonly Learned[] {
    return this.#parameters.map((node) => ({ name: this.#labelOf(node), size: node.data.length }));
  }

  /** Of several of one name, each after the first has a number. */
  #labelOf(parameter: TapeNode): string {
    const { name, ordinal } = this.#nameOf(parameter);
    return ordinal === 0 ? name : `${name} (${ordinal + 1})`;
  }

  /** The weights as they stand. */
  weights(): readonly TrainedParameter[] {
    return this.#parameters.map((node) => ({
      ...this.#nameOf(node),
      shape: node.shape,
      values: Array.from(node.data),
    }));
  }

  #nameOf(parameter: TapeNode): Pick<TrainedParameter, 'name' | 'ordinal'> {
    const { name, ordinal } = this.#session.names.of(parameter) ?? { name: t('parameter'), ordinal: 0 };
    return { name, ordinal };
  }

  /**
   * A training of its own that stands before a step which this one has made, or some steps before that: `again` leads to it.
   * @throws TrainingFailed
   */
  async before(step: number): Promise<TrainingRun> {
    const run = await TrainingRun.open({ ...this.what, model: this.model.name }, this.#session.engine);
    const checkpoint = this.#checkpoints.before(step);
    if (checkpoint) await run.#resume(checkpoint, this);
    return run;
  }

  /** A step that was made before: it is counted, and not measured. @throws TrainingFailed */
  again(): void {
    this.#make(null);
    this.step++;
  }

  /** Records the next step; then all is over. */
  recorded(): PackedResult {
    const session = this.#session;
    const { program, recorder, instance, replay } = session;
    const problems = [...program.problems];
    session.grant(session.budget.softDeadline);
    session.within(() => {
      try {
        this.#steps.end();
        session.models.run(this.model, instance, replay);
        session.check();
      } catch (error) {
        problems.push(session.problem(error));
      }
    });
    session.dispose();
    return { trace: traceOf(program, recorder, session.log, problems), problems, files: program.files, timings: [] };
  }

  /** What is alive on both sides of the wall, in bytes and tensors. */
  get sizes(): { readonly guest: number; readonly tensors: number; readonly bytes: number } {
    const { tape, memory } = this.#session;
    this.#steps.settle();
    return { guest: memory.bytes.length, tensors: tape.count, bytes: tape.bytes };
  }

  dispose(): void {
    this.#session.dispose();
  }

  #checkpoint(): void {
    const started = this.#session.engine.now();
    const checkpoint = this.#taker.take(this.step, this.#steps, () => this.#session.memory);
    if (checkpoint) this.#checkpoints.add(checkpoint);
    const ended = this.#session.engine.now();
    this.#checkpointFrom = ended + Math.max(worthwhile, share * (ended - started));
  }

  async #resume(checkpoint: TrainingCheckpoint, from: TrainingRun): Promise<void> {
    const session = this.#session;
    await session.resume(from.#taker.memoryOf(checkpoint), from.#session);
    session.within(() => this.#steps.resume(checkpoint.tape, session.instance, from.#steps));
    this.step = checkpoint.step;
  }

  #make(look: StepLook | null): number {
    const session = this.#session;
    session.grant(session.budget.softDeadline);
    try {
      return session.within(() => {
        const loss = this.#steps.next(look);
        session.check();
        return loss;
      });
    } catch (thrown) {
      throw failureOf(session, thrown);
    }
  }
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
