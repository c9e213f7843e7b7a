import type { Disposable } from '../engine/base/disposable.ts';
import type { Services } from './services.ts';

/** Something a user can see or do. Features know the services and never each other. */
export interface Feature {
  readonly name: string;
  start(services: Services): Disposable;
}
