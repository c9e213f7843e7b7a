import type { SiteId } from '../../base/brand.ts';
import type { TapeNode, TapePass } from '../../autograd/tape-node.ts';
import { GradientError } from '../../tensor/errors.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { OptimizerStep } from '../../trace/format.ts';
import { attributesOf, parsed } from './attributes.ts';
import { contentOf } from './content.ts';
import { GuestError } from './guest-error.ts';
import type { Instance } from './instance.ts';
import { RunStopped } from './limits.ts';
import { Contributions } from './pass-draft.ts';
import type { Place } from './problems.ts';
import type { Program } from './program.ts';
import type { Recorder } from './recorder.ts';
import type { Replay } from './replay.ts';
import type { Tape } from './tape.ts';
import { TrainingSteps } from './training-steps.ts';
import { Updates } from './updates.ts';
import { Work } from './work.ts';

export interface ModelToRun {
  readonly index: number;
  readonly name: string;
  readonly site: SiteId | null;
  readonly place: Place | null;
  readonly optimizer: {
    readonly name: string;
    readonly settings: Attributes;
    /** See `DeclaredModel`. */
    readonly options: Attributes | null;
  } | null;
  /** How many steps its training takes. */
  readonly steps: number;
}

/** Runs the models that a program declared: forward, backward, and one step of the optimiser to see what it would change. */
export class ModelRunner {
  constructor(
    readonly program: Program,
    readonly recorder: Recorder,
    readonly tape: Tape,
    checkTime: () => void,
    /** Told when the steps before the recorded one have been made. */
    readonly onTrained: () => void,
  ) {
    this.#work = new Work(checkTime);
  }
  readonly #work: Work;

  /** What the optimiser of a model remembers is here as long as the program lives. */
  updatesOf({ index, optimizer }: ModelToRun): Updates {
    const updates = this.#updates.get(index) ?? new Updates(index, this.tape, optimizer);
    this.#updates.set(index, updates);
    return updates;
  }
  readonly #updates = new Map<number, Updates>();

  declared(instance: Instance): ModelToRun[] {
    const count = instance.number('modelCount');
    const taken = new Map<string, number>();
    return Array.from({ length: count }, (_, index): ModelToRun => {
      const site = this.program.site(instance.number('modelSite', index));
      const info = infoOf(parsed(instance.text('modelInfo', index)));
      const written = info.name ?? this.program.models.find((model) => model.site === site?.id)?.name ?? 'model';
      const times = taken.get(written) ?? 0;
      taken.set(written, times + 1);
      const name = times === 0 ? written : `${written} (${times + 1})`;
      return {
        index,
        name,
        site: site?.id ?? null,
        place: site ? { file: site.file, span: site.span } : null,
        optimizer: info.optimizer,
        steps: info.steps,
      };
    });
  }

  /** @param step of training, from 1: those before it are made and not recorded. */
  run(model: ModelToRun, instance: Instance, replay: Replay, step = 1): void {
    const { recorder } = this;
    const { index, name, site, optimizer } = model;
    if (step > 1) this.#train(model, step - 1, instance, replay);
    const depth = recorder.stack.depth;
    recorder.startPass();
    recorder.stack.enter('model', name, null);
    replay.baseDepth = depth + 1;
    const loss = this.tape.tensor(instance.number('forward', index));
    recorder.stack.leave(depth);
    replay.baseDepth = depth;
    if (sizeOf(loss.shape) !== 1) throw new RunStopped('internal', 'The loss is no scalar.');
    if (!loss.requiresGrad) {
      throw new GuestError('GradientError', `The loss of ${name} depends on no parameter: make one with param(…).`, '');
    }
    for (const parameter of recorder.parameters()) this.tape.runtime.clearGradient(parameter);
    const contributions = new Contributions();
    const pass = this.#backward(loss, contributions);
    const tried = optimizer ? this.#step(model, optimizer, loss.data[0]!, pass, instance) : null;
    recorder.endPass({ name, kind: 'model', site }, loss, pass, contributions, tried);
  }

  /** Steps of the optimiser that leave nothing in the trace but the weights they make. Other models of the file are not run after that. */
  #train(model: ModelToRun, steps: number, instance: Instance, replay: Replay): void {
    const { recorder, tape } = this;
    const isRepeatable = (scope: number): boolean => this.program.isRepeatable(scope);
    const trained = { recorder, tape, updates: this.updatesOf(model), replay, isRepeatable };
    const training = new TrainingSteps(model, instance, trained, this.#work);
    for (let done = 0; done < steps; done++) training.next();
    training.end();
    this.onTrained();
  }

  /** `backward()` called by the program itself. Named after the loss. */
  backward(number: number): void {
    const { recorder, tape } = this;
    const loss = tape.tensor(number);
    if (sizeOf(loss.shape) !== 1 || !loss.requiresGrad)
      throw new GradientError('backward: needs a scalar that requires a gradient.');
    const contributions = new Contributions();
    const pass = this.#backward(loss, contributions);
    if (!recorder.recording) return;
    const { table } = recorder;
    const id = recorder.idOf(loss);
    const named = { name: table.nameOf(id) ?? 'loss', kind: 'backward', site: table.firstSiteOf(id) } as const;
    recorder.endPass(named, loss, pass, contributions, null);
  }

  #backward(loss: TapeNode, contributions: Contributions): TapePass {
    const { tape } = this;
    const before = tape.bytes;
    const pass = tape.runtime.backward(loss, (node, input, contribution) => {
      this.#work.done(contribution.shape);
      tape.reserve(contribution.shape);
      contributions.add(node, input, contribution);
    });
    tape.bytes = before;
    return pass;
  }

  /** What comes after the pass is tried and not recorded; the trace keeps the weights of the pass. */
  #step(
    model: ModelToRun,
    optimizer: NonNullable<ModelToRun['optimizer']>,
    lossBefore: number,
    { nodes, gradients }: TapePass,
    instance: Instance,
  ): OptimizerStep {
    const { recorder, tape } = this;
    const weights = nodes.filter((node, i) => node.isLeaf && gradients[i] !== undefined);
    const before = weights.map((node) => node.data);
    const ids = weights.map((node) => recorder.idOf(node));
    recorder.recording = false;
    try {
      this.updatesOf(model).run(instance, weights);
      const lossAfter = tape.tensor(instance.number('forward', model.index)).data[0]!;
      const updates = weights.map((node, i) => ({
        node: ids[i]!,
        before: contentOf(before[i]!),
        after: contentOf(node.data),
      }));
      // The next model sees the weights as the file made them.
      weights.forEach((node, i) => node.hold(before[i]!));
      return { optimizer: optimizer.name, settings: optimizer.settings, lossBefore, lossAfter, updates };
    } finally {
      recorder.recording = true;
    }
  }
}

/** What the guest says of a model, checked. @throws RunStopped */
function infoOf(info: unknown): Pick<ModelToRun, 'optimizer' | 'steps'> & { readonly name: string | null } {
  const { name, optimizer, steps } = recordOf(info);
  const told = { name: nameOf(name), steps: typeof steps === 'number' && steps >= 1 ? Math.floor(steps) : 1 };
  if (optimizer === null) return { ...told, optimizer: null };
  const { name: kind, settings, options } = recordOf(optimizer);
  return {
    ...told,
    optimizer: {
      name: nameOf(kind) ?? 'optimizer',
      settings: attributesOf(settings ?? {}),
      options: options === null ? null : attributesOf(options ?? {}),
    },
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new RunStopped('internal', 'The guest declared no model.');
  return value as Readonly<Record<string, unknown>>;
}

const nameOf = (name: unknown): string | null => (typeof name === 'string' ? name.slice(0, 200) : null);
