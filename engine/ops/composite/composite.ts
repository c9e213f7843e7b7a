import { runtime } from '../../tensor/current-runtime.ts';

/** Runs the parts of a composite op under its name, so that they can be shown as one node that opens. */
export function composite<Result>(name: string, parts: () => Result): Result {
  const token = runtime().enterScope('composite', name);
  try {
    return parts();
  } finally {
    runtime().leaveScope(token);
  }
}
