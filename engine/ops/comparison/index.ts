import { equal, greater, greaterEqual, less, lessEqual, notEqual } from './comparisons.ts';
import { isFinite, isInf, isNaN, logicalAnd, logicalNot, logicalOr, logicalXor } from './logical.ts';
import { maskedFill } from './masked-fill.ts';
import { where } from './where.ts';

export const comparison = {
  equal,
  greater,
  greaterEqual,
  isFinite,
  isInf,
  isNaN,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  maskedFill,
  notEqual,
  where,
};
