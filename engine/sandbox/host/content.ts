import type { TypedArray } from '../../tensor/dtype.ts';
import { vectorMoments } from '../../tensor/kernels/statistics.ts';
import { type Content, maxElements } from '../../trace/format.ts';
import { contentOf as plainly } from '../../trace/statistics.ts';

/** A tensor's content as a trace keeps it, its statistics by vectors where there are some. */
export const contentOf = (data: TypedArray, kept = maxElements): Content => plainly(data, kept, vectorMoments);
