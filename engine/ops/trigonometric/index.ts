import { cos } from './cos.ts';
import { sin } from './sin.ts';

export const trigonometric = { cos, sin };
