import { PassView } from '../../engine/explain/pass-view.ts';
import type { NodeId } from '../../engine/base/brand.ts';
import { TextRunner } from '../engine/explain/run-text.ts';

/** A pass of an example as the panel has it, for what the panel alone is told. */
export async function viewOf(example: string, model = 0): Promise<PassView> {
  const runner = new TextRunner();
  try {
    const trace = await runner.example(`${example}.ts`);
    return new PassView(trace, trace.passes[model]!, 'named');
  } finally {
    runner.dispose();
  }
}

export function nodeIn(view: PassView, name: string): NodeId {
  const found = view.names.find(name);
  if (found === null) throw new Error(`There is no ${name}.`);
  return found;
}
