import type { DebugProtocol } from '@vscode/debugprotocol';
import type { NodeId } from '../../base/brand.ts';
import { formulaText, numbersText } from '../../explain/formula.ts';
import { formatNumber } from '../../explain/numbers.ts';
import type { Playback } from '../playback.ts';
import type { Entry } from './entry.ts';
import { tensorEntry } from './tensor.ts';

/**
 * The local derivative of an op by one of its inputs: as formula, with this run's numbers, and as number; for a matrix product
 * and its like what is made of the incoming gradient. Null for what no gradient passes through.
 */
export function localEntry({ view, names, graph }: Playback, op: NodeId, input: NodeId): Entry | null {
  const edge = view.chains.edge(input, op);
  if (!edge) return null;
  const { kind, value, formula: expression } = edge.local;
  const formula = formulaText(edge, view);
  const hint: DebugProtocol.VariablePresentationHint = { kind: 'virtual', attributes: ['readOnly'] };
  if (kind === 'matrix') return { name: names.partial(graph.pass.loss, input), value: formula, hint };
  const name = names.partial(op, input);
  if (!value || expression?.kind === 'number') return { name, value: formula, hint };
  if (kind === 'scalar') {
    const parts = [formula, numbersText(edge, view), formatNumber(value[0]!)];
    return { name, value: [...new Set(parts)].filter(Boolean).join(' = '), hint };
  }
  const tensor = tensorEntry(name, { data: value, shape: graph.node(op).shape, dtype: 'float64' });
  return { ...tensor, value: `${formula} = ${tensor.value}`, hint };
}
