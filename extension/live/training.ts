import type { Disposable } from '../../engine/base/disposable.ts';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';
import { TrainingControl } from '../../engine/workers/training/training-control.ts';
import type { StartTrainer, TrainedParameter, TrainingMove, TrainingState } from '../../engine/protocol/training.ts';
import type { RunRequest } from '../../engine/protocol/worker.ts';
import type { Place } from '../place.ts';
import type { Live } from './live.ts';

/** What is needed of the live state. */
type LiveOfTraining = Pick<
  Live,
  'place' | 'program' | 'running' | 'lastRun' | 'presenter' | 'showInstead' | 'refresh' | 'onDidChange' | 'onDidFinish'
>;

const programOf = (place: Place | null): Pick<RunRequest, 'root' | 'entry'> | null =>
  place && { root: place.root, entry: place.path };

/**
 * The training beside the live run. It goes on while the panel is hidden or another file is looked at; what it shows and
 * keeps is of its own file alone, and it ends with the permission to run that.
 */
export class Training implements Disposable {
  readonly #live: LiveOfTraining;
  readonly #control: TrainingControl;
  readonly #changed = new Emitter<void>();
  /** Fires when the training stands elsewhere, another of its steps is shown, or another file is live. */
  readonly onDidChange = this.#changed.event;
  readonly #listening = new DisposableStore();

  /** @param mayRun whether models under a root may run. */
  constructor(live: LiveOfTraining, start: StartTrainer, mayRun: (root: string) => boolean) {
    this.#live = live;
    this.#control = new TrainingControl({
      start,
      program: () => live.program,
      model: () => shownModel(live),
      files: () => (live.running ? null : (live.lastRun?.result.files ?? null)),
      present: (step) => live.showInstead(step),
      rerun: () => live.refresh(),
      changed: () => this.#changed.fire(),
    });
    live.presenter.lossesFrom(
      (model) => live.place && this.#control.lossesOf({ root: live.place.root, entry: live.place.path }, model),
    );
    let place = live.place;
    this.#listening.add(
      live.onDidFinish(({ root, result }) => {
        if (live.place !== null) this.#control.ran({ root, entry: live.place.path }, result);
      }),
    );
    this.#listening.add(
      live.onDidChange(() => {
        const root = this.#control.place?.root;
        if (root !== undefined && !mayRun(root)) return this.#control.stop();
        if (place === live.place) return;
        place = live.place;
        this.#control.show(null);
        this.#changed.fire();
      }),
    );
  }

  /** Of the live file; null without one. */
  get state(): TrainingState | null {
    return this.#control.stateOf(programOf(this.#live.place));
  }

  /** Of whatever file. */
  get any(): TrainingState | null {
    return this.#control.state;
  }

  /** What is run for the graph that is shown, a step of training included; null while nothing may run. */
  get shownProgram(): RunRequest | null {
    return this.#live.program && (this.#control.shownProgram ?? this.#live.program);
  }

  weightsFor(place: Place): readonly TrainedParameter[] | null {
    return this.#control.weightsFor(programOf(place)!);
  }

  move(move: TrainingMove): void {
    // A step of another file is nothing to show for this one.
    if (move.kind === 'show' && this.state === null) return;
    this.#control.move(move);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#control.dispose();
    this.#changed.dispose();
  }
}

/** The model that is shown, if it can be trained; else the first one that can is. */
function shownModel({ presenter }: LiveOfTraining): string | null {
  const pass = presenter.view?.pass;
  return pass && pass.step !== null ? pass.name : null;
}
