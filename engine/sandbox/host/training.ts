import type { ModulePath } from '../../base/brand.ts';
import type { Budget } from '../../protocol/worker.ts';
import type { TrainedParameter } from '../../protocol/training.ts';
import { isDue } from '../../training/due.ts';
import { TrainingRecord } from '../../training/record.ts';
import type { Engine } from './engine.ts';
import { LearnedParameters } from './learned-parameters.ts';
import type { ModelToRun } from './models.ts';
import { Program, type ProgramFiles } from './program.ts';
import { type PackedResult, traceOf } from './run.ts';
import { Session } from './session.ts';
import { type TrainingCheckpoint, TrainingCheckpoints } from './training-checkpoints.ts';
import { TrainingFailed, failureOf, nothingToTrain } from './training-failed.ts';
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

/** A program whose model is trained, in a sandbox that lives as long as the training does. */
export class TrainingRun {
  /** Steps that were made. */
  step = 0;
  readonly record: TrainingRecord;
  readonly parameters: LearnedParameters;
  readonly #session: Session;
  readonly #steps: TrainingSteps;
  readonly #checkpoints: TrainingCheckpoints;

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
    this.parameters = new LearnedParameters(recorder.parameters(), session.names);
    this.record = new TrainingRecord(this.parameters.nodes.length);
    this.#checkpoints = new TrainingCheckpoints(session.memory.bytes, session.engine.now);
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
      const failure = failureOf(session, thrown);
      session.dispose();
      throw failure;
    }
  }

  /** One step; its loss before the update. @throws TrainingFailed; the training is over then */
  next(): number {
    const { parameters } = this;
    const step = this.step + 1;
    const hasRidges = this.record.ridges.isDue(step);
    const look =
      hasRidges || isDue(step) ? new StepLook(parameters.nodes, (node) => parameters.labelOf(node), hasRidges) : null;
    const loss = this.#make(look);
    this.step = step;
    this.record.add(step, loss, look?.changes ?? []);
    if (look && hasRidges) this.record.ridges.add(step, look.samples);
    this.#checkpoints.after(step, this.#steps, () => this.#session.memory);
    return loss;
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

  async #resume(checkpoint: TrainingCheckpoint, from: TrainingRun): Promise<void> {
    const session = this.#session;
    await session.resume(from.#checkpoints.memoryOf(checkpoint), from.#session);
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
