import { ArgumentError, ShapeError } from '../../tensor/errors.ts';
import { runtime } from '../../tensor/current-runtime.ts';

/** Runs the parts of a composite op under its name, so that they can be shown as one node that opens. */
export function composite<Result>(name: string, parts: () => Result): Result {
  const token = runtime().enterScope('composite', name);
  try {
    return parts();
  } catch (error) {
    // The user wrote this name, and not those of its parts.
    if ((error instanceof ShapeError || error instanceof ArgumentError) && !error.message.startsWith(`${name}:`))
      error.message = `${name}: ${error.message}`;
    throw error;
  } finally {
    runtime().leaveScope(token);
  }
}
