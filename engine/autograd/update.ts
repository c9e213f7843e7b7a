import type { Optimizer, ParameterState } from '../optim/optimizer.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { noGrad } from './grad-mode.ts';
import type { Tensor } from './tensor.ts';

/** One step of an optimiser: every parameter that has a gradient gets new content. `states` holds what is remembered between steps. */
export function updateParameters(
  optimizer: Optimizer,
  parameters: Iterable<Tensor>,
  states: Map<Tensor, ParameterState>,
): void {
  noGrad(() => {
    const moved: Tensor[] = [];
    const found: Tensor[] = [];
    for (const parameter of parameters) {
      const gradient = parameter.grad;
      if (gradient === null) continue;
      moved.push(parameter);
      found.push(gradient);
    }
    const gradients = optimizer.transform?.(found) ?? found;
    moved.forEach((parameter, i) => {
      const after = optimizer.update(parameter, gradients[i]!, states.get(parameter) ?? optimizer.init(parameter));
      states.set(parameter, after.state);
      runtime().assign(parameter.handle, after.parameter.handle);
    });
  });
}
