import { unary } from './arguments.ts';

export const sin = unary('sin');
export const cos = unary('cos');
