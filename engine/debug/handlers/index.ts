import { asking } from './asking.ts';
import type { Handler } from './handler.ts';
import { looking } from './looking.ts';
import { moving } from './moving.ts';
import { stopping } from './stopping.ts';

/** The requests of a session that has been launched, by their commands. */
export const handlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries({ ...moving, ...looking, ...stopping, ...asking }),
);
