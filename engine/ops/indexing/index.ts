import { gather } from './gather.ts';
import { indexSelect } from './index-select.ts';
import { indexSum } from './index-sum.ts';
import { scatterSum } from './scatter-sum.ts';

export const indexing = { gather, indexSelect, indexSum, scatterSum };
