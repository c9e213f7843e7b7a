import { argsort } from './argsort.ts';

export const sorting = { argsort };
