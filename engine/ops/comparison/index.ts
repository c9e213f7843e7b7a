import { greater, greaterEqual, less, lessEqual, equal } from './comparisons.ts';
import { where } from './where.ts';

export const comparison = { greater, greaterEqual, less, lessEqual, equal, where };
