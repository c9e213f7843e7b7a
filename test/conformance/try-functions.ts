import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LocalRuntime } from '../../engine/autograd/local-runtime.ts';
import { runtime } from '../../engine/tensor/current-runtime.ts';
import type { Content } from '../../engine/trace/format.ts';
import { newFolder } from './conform.ts';
import { inNode } from './in-node.ts';
import { inSandbox } from './in-sandbox.ts';
import {
  type Argument,
  type TensorFunction,
  type Verdict,
  checkGradient,
  checkSecond,
  drawn,
  leaves,
} from './measure.ts';
import { importFor, nested } from './program.ts';
import type { Ran } from './runs.ts';
import type { Sample } from './samples/sample.ts';

/** What came of trying one sample. */
export interface Tried {
  /** Ops that the function itself recorded. */
  readonly ops: readonly string[];
  readonly gradient: Verdict;
  readonly second: Verdict;
  /** Null where there was nothing to try. */
  readonly broadcast: 'right' | { readonly wrong: string } | null;
  readonly sandbox: 'same' | { readonly wrong: string };
}

const names = ['x', 'y', 'z', 'w'];

/** Writes samples as programs, and tries them in Node and in the sandbox. */
export class Trials {
  readonly #folder = newFolder();
  readonly #node = inNode(this.#folder);
  readonly #sandbox = inSandbox(this.#folder);
  #written = 0;

  async try(sample: Sample): Promise<Tried> {
    const given = sample.shapes.map((shape, k) => drawn(shape, k, sample.range));
    const file = `sample-${this.#written++}.ts`;
    writeFileSync(join(this.#folder, file), programOf(sample));
    try {
      return await this.#tryFile(file, sample, given);
    } catch (error) {
      return { ops: [], gradient: { wrong: String(error) }, second: 'none', broadcast: null, sandbox: 'same' };
    }
  }

  async #tryFile(file: string, sample: Sample, given: readonly Argument[]): Promise<Tried> {
    const module = import(pathToFileURL(join(this.#folder, file)).href) as Promise<{ f: TensorFunction }>;
    const { f } = await module;
    const shown = [...names.slice(0, given.length), 'made', 'loss'];
    const [here, there] = [await this.#node.run(file, shown), await this.#sandbox.run(file, shown)];
    const gradient = checkGradient(f, given);
    return {
      ops: recordedBy(f, given),
      gradient,
      second: gradient === 'none' ? 'none' : checkSecond(f, given),
      broadcast: broadcast(f, sample),
      sandbox: compared(here, there),
    };
  }

  dispose(): void {
    this.#sandbox.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * A sample as a module that tries it. What passes no gradient needs something else to run backward from: a run without
 * a pass leaves no trace.
 */
export function programOf({ written, shapes, range }: Sample): string {
  const used = names.slice(0, shapes.length);
  const leaf = ({ shape, content }: Argument): string => `param(${nested([...content], shape)}, { dtype: 'float64' })`;
  return `import type { Tensor } from 'retrograd';
${importFor([written, 'param(1)'])}

export const f = (${used.map((name) => `${name}: Tensor`).join(', ')}) => ${written};
${shapes.map((shape, k) => `export const ${used[k]} = ${leaf(drawn(shape, k, range))};`).join('\n')}
export const made = f(${used.join(', ')});
export const loss = made.requiresGrad ? made.sin().sum() : param(1).square();
loss.backward();
`;
}

function recordedBy(f: TensorFunction, given: readonly Argument[]): string[] {
  const local = runtime() as LocalRuntime;
  const xs = leaves(given);
  const ops: string[] = [];
  local.observer = (op) => ops.push(op);
  try {
    f(...xs);
  } finally {
    local.observer = null;
  }
  return ops;
}

/** Arguments that broadcast give what they would give if they had been expanded; and the same gradients. */
function broadcast(f: TensorFunction, { broadcasts, range }: Sample): Tried['broadcast'] {
  for (const { from, to } of broadcasts ?? []) {
    const given = from.map((shape, k) => drawn(shape, k, range));
    const narrow = f(...leaves(given));
    const wide = f(...leaves(given).map((x, k) => x.expand(to[k]!)));
    if (narrow.shape.join() !== wide.shape.join() || !same(narrow.data, wide.data))
      return { wrong: `shapes ${JSON.stringify(from)}` };
    const verdict = checkGradient(f, given);
    if (typeof verdict === 'object') return { wrong: `shapes ${JSON.stringify(from)}: ${verdict.wrong}` };
  }
  return broadcasts ? 'right' : null;
}

function compared(here: Ran, there: Ran): Tried['sandbox'] {
  if (typeof here === 'string') return { wrong: here };
  if (typeof there === 'string') return { wrong: there };
  const differing = here.findIndex((node, i) => {
    const other = there[i]!;
    return (
      node.dtype !== other.dtype ||
      node.shape.join() !== other.shape.join() ||
      !sameContent(node.value, other.value) ||
      !sameContent(node.gradient, other.gradient)
    );
  });
  return differing === -1 ? 'same' : { wrong: `tensor ${differing} is another in the sandbox` };
}

const sameContent = (a: Content | null, b: Content | null): boolean =>
  a === null || b === null ? a === b : same(a.data!, b.data!);

const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((number, i) => Object.is(number, b[i]));
