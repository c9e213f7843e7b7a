import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Expression } from '../../expression/expression.ts';
import { type ProgramNotation, ProgramWriter } from '../../expression/typescript.ts';
import type { GradientFunction } from '../../replay/gradient-function.ts';
import { isFloat } from '../../tensor/dtype.ts';
import { showShape } from '../../tensor/shape.ts';
import type { PassView } from '../pass-view.ts';
import { readingOf } from '../reading.ts';
import { Identifiers, identifier } from './identifiers.ts';

/** The gradient as a function of the library's tensors that can be called: leaves in, gradient out. */
export function programOf(view: PassView, gradient: GradientFunction): string {
  // Which functions are imported is known when the formulas are written; then names that would hide one are others.
  const { imports, helpers } = written(view, gradient, []);
  const taken = [...imports, 'Tensor', ...helpers.map((text) => /function (\w+)/.exec(text)![1]!)];
  const { name, parameters, body } = written(view, gradient, taken);
  const texts = [
    `import { ${[...imports, 'type Tensor'].join(', ')} } from 'retrograd';`,
    `${comment(view, gradient)}\nexport function ${name}(${parameters.map((one) => `${one}: Tensor`).join(', ')}): Tensor {\n${body.map((line) => `  ${line}\n`).join('')}}`,
    ...helpers,
  ];
  return `${texts.join('\n\n')}\n`;
}

interface Written {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: readonly string[];
  readonly imports: readonly string[];
  readonly helpers: readonly string[];
}

function written(view: PassView, gradient: GradientFunction, taken: readonly string[]): Written {
  const { of, by, leaves, definitions, result } = gradient;
  const { names, graph } = view;
  const identifiers = new Identifiers(taken);
  // A loss without a name is L, as in the formula.
  const whole = identifier(graph.node(of).name === null ? names.shown(of) : names.written(of));
  const partial = (node: NodeId): string => `d${whole}_d${identifier(names.written(node))}`;
  const name = identifiers.of('result', partial(by));
  const called = (leaf: Leaf): string => {
    if (leaf.kind === 'symbol') return identifiers.of(`own ${leaf.name}`, leaf.name);
    if (leaf.kind === 'gradient') return identifiers.of(`gradient ${leaf.node}`, partial(leaf.node));
    return identifiers.of(`node ${leaf.node}`, names.written(leaf.node));
  };
  const parameters = leaves.map((node) => called({ kind: 'node', node }));
  const notation: ProgramNotation = {
    leaf: called,
    isFloat: (leaf) => leaf.kind !== 'node' || isFloat(graph.node(leaf.node).dtype),
    dtype: graph.node(by).dtype === 'float64' ? 'float64' : 'float32',
  };
  const writer = new ProgramWriter(notation);
  const body = [
    ...definitions.map((definition) => `const ${called(definition.name)} = ${writer.tensor(definition.value)};`),
    `return ${writer.tensor(result)};`,
  ];
  return { name, parameters, body, imports: writer.imports, helpers: writer.helpers };
}
type Leaf = Exclude<Expression, { kind: 'number' | 'call' }>;

/** What it is, what it was in this run, and what its arguments have to be. */
function comment({ graph, names, pass }: PassView, { of, by, leaves }: GradientFunction): string {
  const content = graph.pass.gradients.get(by);
  const title = `∂${names.shown(of)}/∂${names.shown(by)}`;
  const was = content ? readingOf(content, graph.node(by).shape).text : '';
  const told = leaves.map((leaf) => {
    const { shape, dtype } = graph.node(leaf);
    return `${names.written(leaf)} ${showShape(shape)} ${dtype}`;
  });
  const lines = [
    t('{0} of {1}; {2} in the run that it was copied from.', title, pass.name, was),
    ...(told.length === 0 ? [] : [t('Arguments: {0}.', told.join(', '))]),
  ];
  return `/**\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /').replace(/\p{Cc}/gu, ' ')}\n`).join('')} */`;
}
