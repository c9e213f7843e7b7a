import type { NodeId } from '../base/brand.ts';
import type { Block } from '../autograd/block.ts';
import { toBase64 } from '../trace/encode.ts';
import type { Playback } from './playback.ts';

/** Names of tensors for reading their bytes. They say what is meant, so that they mean the same after any step. */
export const valueMemory = (node: NodeId): string => `value:${node}`;
export const gradientMemory = (node: NodeId, position: number): string => `gradient:${node}:${position}`;
export const contributionMemory = (step: number): string => `contribution:${step}`;

/** The tensor that a reference means, or null. */
export function tensorOf({ replay }: Playback, reference: string): Block | null {
  const { timeline, graph } = replay;
  const [kind, first, second] = reference.split(':');
  const [a, b] = [Number(first), Number(second)];
  if (kind === 'value') return graph.has(a as NodeId) ? replay.value(a as NodeId) : null;
  if (kind === 'gradient')
    return graph.has(a as NodeId) && b >= 0 && b <= timeline.length ? replay.gradientAt(b, a as NodeId) : null;
  if (kind === 'contribution')
    return Number.isInteger(a) && a >= 0 && a < timeline.length - timeline.forwardLength
      ? replay.contribution(a)
      : null;
  return null;
}

export interface MemoryPart {
  readonly address: string;
  readonly data: string;
  readonly unreadableBytes: number;
}

/** Bytes of a tensor, row-major, little-endian. What lies outside it is counted as unreadable. */
export function bytesOf({ data }: Block, offset: number, count: number): MemoryPart {
  const all = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const start = Math.max(0, Math.min(all.length, offset));
  const end = Math.max(start, Math.min(all.length, offset + count));
  return {
    address: `0x${Math.max(0, offset).toString(16)}`,
    data: toBase64(all.subarray(start, end)),
    unreadableBytes: count - (end - start),
  };
}
