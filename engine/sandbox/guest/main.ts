/** The module that model code imports as 'retrograd' in the sandbox: the library, on a runtime that tells the host. */
// First of all: the functions of the library are made by it.
import './shortcuts.ts';
import { livingParameters } from '../../autograd/parameters.ts';
import { useRuntime } from '../../tensor/current-runtime.ts';
import { type HostFunctions, mostInStep } from '../stream.ts';
import { consoleFor } from './console.ts';
import { hooksFor } from './hooks.ts';
import { collect, follow } from './nursery.ts';
import { beginStep, endStep, enteredScope, forgetSteps, scopesOfSameStep, scopesOfStep } from './routine.ts';
import { GuestRuntime } from './runtime.ts';
import { flush, isOnlyRepeated, lastValue, mute, tellOfScopes, tensorsMade } from './writer.ts';

export * from '../../library.ts';

interface Realm {
  retrogradHost?: HostFunctions;
  retrogradControl?: Control;
}

/** How the host drives the guest. Taken out of the realm before any model code runs. */
interface Control {
  modelCount(): number;
  modelSite(index: number): number;
  modelInfo(index: number): string;
  forward(index: number): number;
  /** A step's forward pass that is not recorded: the number of the loss, or see `mostInStep`. */
  step(index: number): number;
  forgetSteps(): void;
  /** Sites of the user's functions that are all of the last step; as int32. */
  scopesOfStep(): ArrayBufferLike;
  scopesOfSameStep(): ArrayBufferLike;
  update(index: number): void;
  /** The next step begins. */
  advance(index: number): void;
  /** Numbers of the parameters that an optimiser moves, in its order; as int32. */
  parameters(): ArrayBufferLike;
  /** See `nursery.ts`; as int32. */
  follow(): void;
  collect(first: number): ArrayBufferLike;
  /** Whether places, names and scopes are left out, 1 or 0. */
  mute(on: number): void;
  lastValue(): number;
  flush(): void;
}

const realm = globalThis as unknown as Realm;
const host = throwingHere(realm.retrogradHost!);
delete realm.retrogradHost;

// The library's own frames must not push the user's out of a stack.
(Error as unknown as { stackTraceLimit: number }).stackTraceLimit = 64;

const runtime = new GuestRuntime(host);
useRuntime(runtime);
const modelSites: number[] = [];

const fixed = (name: string, value: object): void => {
  Object.defineProperty(globalThis, name, {
    value: Object.freeze(value),
    writable: false,
    configurable: false,
    enumerable: false,
  });
};
tellOfScopes(enteredScope);
fixed('__rg', hooksFor(runtime, modelSites, host.nameOf));
fixed('console', consoleFor(host));

realm.retrogradControl = {
  modelCount: () => runtime.models.length,
  modelSite: (index) => modelSites[index] ?? -1,
  modelInfo: (index) => {
    const { name, optimizer, steps } = runtime.models[index]!;
    return JSON.stringify({ name, optimizer, steps });
  },
  forward: (index) => {
    const loss = runtime.models[index]!.forward();
    flush();
    return loss as number;
  },
  step: (index) => {
    const first = beginStep();
    const loss = runtime.models[index]!.forward() as number;
    const made = tensorsMade() - first;
    endStep();
    if (first >= 0 && loss >= first && made < mostInStep && isOnlyRepeated())
      return -1 - made * mostInStep - (loss - first);
    flush();
    return loss;
  },
  forgetSteps,
  scopesOfStep: () => scopesOfStep().buffer,
  scopesOfSameStep: () => scopesOfSameStep().buffer,
  update: (index) => {
    runtime.models[index]!.update?.();
    flush();
  },
  advance: (index) => {
    runtime.models[index]!.advance();
    flush();
  },
  parameters: () => {
    flush();
    return Int32Array.from(livingParameters(), ({ handle }) => handle as number).buffer;
  },
  follow,
  collect: (first) => {
    runtime.forgetRows();
    return collect(first).buffer;
  },
  mute: (on) => mute(on === 1),
  lastValue,
  flush,
};

/**
 * What the host throws has no stack of its own. Thrown again from here, it says where in the model it happened. The run is over
 * then: whatever else is called on the way out fails with the same error.
 */
function throwingHere(functions: HostFunctions): HostFunctions {
  let first: Error | null = null;
  const wrap =
    <Args extends readonly unknown[], Result>(call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      try {
        return call(...args);
      } catch (error) {
        throw (first ??= new Error((error as Error).message));
      }
    };
  const { flush, intern, content, read, arePlaces, oneHot, batches, gradient, differentiate, nameOf, log } = functions;
  return {
    flush: wrap(flush),
    intern: wrap(intern),
    content: wrap(content),
    read: wrap(read),
    arePlaces: wrap(arePlaces),
    oneHot: wrap(oneHot),
    batches: wrap(batches),
    gradient: wrap(gradient),
    differentiate: wrap(differentiate),
    nameOf: wrap(nameOf),
    log,
  };
}
