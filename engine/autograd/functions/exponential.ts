import { binary, unary } from './arguments.ts';

export const exp = unary('exp');
export const log = unary('log');
export const xlogy = binary('xlogy');
