import { t } from '../../base/l10n.ts';
import { type Expression, call, number, symbol } from '../../expression/expression.ts';
import { latexName } from '../../expression/latex-names.ts';
import { latex } from '../../expression/latex.ts';
import { print } from '../../expression/print.ts';
import { simplify } from '../../expression/simplify.ts';
import { isElementwise } from '../../ops/rules.ts';
import type { Applied, AppliedOp } from '../../replay/applied.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { nodeLatex, partialLatex } from '../gradient-function/notation.ts';
import type { PassView } from '../pass-view.ts';
import { isSingle, isTransposition, isUniform, onlyOnes, safeQuotient, withoutOnes } from './forms.ts';
import { type Part, shapesOf } from './shapes.ts';
import { shortLatex, shortNumber } from './short-number.ts';
import { wordedLatex } from './words-latex.ts';
import { type Level, matrixShape, worded } from './words.ts';

/** A formula in names, and what is under it in shapes. */
export interface Written {
  readonly text: string;
  readonly latex: string;
  readonly level: Level;
  readonly shapes: string;
  readonly shape: Shape;
}

/**
 * Writes a formula twice: in names (as text and in LaTeX), and in shapes. Elementwise parts become expressions, which are simplified and printed as
 * everywhere; what moves or sums elements is put into words, from the attributes that the rule gave it.
 */
export class Lowering {
  readonly #parts = new Map<string, Part>();
  readonly #known = new Map<Applied, Expression>();
  readonly #definitions = new Map<string, string>();

  constructor(
    readonly view: PassView,
    /** The size of dimension 0 that is called the batch, or null. */
    readonly batch: number | null,
  ) {}

  /** `ẑ = (x − mean over dim 1 of x) / ŝ`: parts of what was written that have names of their own. */
  get definitions(): readonly string[] {
    return [...this.#definitions.values()];
  }

  write(x: Applied): Written {
    const expression = this.#simplified(x);
    const part = expression.kind === 'symbol' ? this.#parts.get(expression.name) : undefined;
    if (part) return part;
    const text = print(expression, { leaf: (leaf) => this.#leafText(leaf), number: shortNumber, times: ' ⊙ ' });
    const set = latex(expression, {
      leaf: (leaf) => this.#leafLatex(leaf),
      number: shortLatex,
      isScalar: (leaf) => sizeOf(this.#shapes(leaf).shape) === 1,
    });
    const { text: shapes, shape } = this.#shapes(expression);
    return { text, latex: set, level: levelOf(expression), shapes, shape };
  }

  #simplified(x: Applied): Expression {
    return this.#dotted(simplify(this.#lower(x), true));
  }

  #lower(x: Applied): Expression {
    switch (x.kind) {
      case 'number':
        return number(x.value);
      case 'gradient':
        return x.node === this.view.graph.pass.loss ? number(1) : { kind: 'gradient', node: x.node };
      case 'value':
        return this.#value(x);
      case 'called': {
        const of = x.of.map((one) => this.write(one));
        const inside = (list: readonly string[]): string => (list.length === 0 ? '' : `(${list.join(', ')})`);
        const text = x.name + inside(of.map((one) => one.text));
        const set = latexName(x.name) + inside(of.map((one) => one.latex));
        if (of.length === 0 && x.means.kind !== 'value' && !this.#definitions.has(x.name)) {
          this.#definitions.set(x.name, '');
          this.#definitions.set(x.name, `${x.name} = ${this.write(x.means).text}`);
        }
        return this.#part({ text, latex: set, level: 'name', shapes: matrixShape(x.shape), shape: x.shape });
      }
      case 'op':
        return this.#application(x);
    }
  }

  #application(x: AppliedOp): Expression {
    const known = this.#known.get(x);
    if (known) return known;
    const made = isElementwise(x.op) ? this.#elementwise(x) : this.#structural(x);
    this.#known.set(x, made);
    return made;
  }

  #value({ node }: Extract<Applied, { kind: 'value' }>): Expression {
    const { kind, name, value } = this.view.graph.node(node);
    const plain = kind === 'constant' && name === null && value.data?.length === 1;
    return plain ? number(value.data[0]!) : { kind: 'node', node };
  }

  #elementwise(x: AppliedOp): Expression {
    const { op, inputs } = x;
    const [first, second] = inputs;
    const quotient = safeQuotient(x);
    if (quotient) return call('div', this.#operand(quotient[0]), this.#operand(quotient[1]));
    // The count of a mean stays a count: 2·(Y − T) / 12 says more than 0.1667·(Y − T).
    if (op === 'div' && second!.kind === 'number' && Number.isInteger(second!.value)) {
      const count = String(second!.value).replace('-', '−');
      const part = this.#part({ text: count, latex: String(second!.value), level: 'name', shapes: '', shape: [] });
      return call('div', this.#operand(first!), part);
    }
    return call(op, ...inputs.map((input) => this.#operand(input)));
  }

  /** In an elementwise op what is smaller is repeated by itself, and one number is the same in any shape. */
  #operand(x: Applied): Expression {
    if (x.kind === 'op' && (x.op === 'expand' || (x.op === 'reshape' && isSingle(x.inputs[0]!))))
      return this.#operand(x.inputs[0]!);
    return this.#lower(x);
  }

  #structural(x: AppliedOp): Expression {
    const { op, inputs, attributes, shape } = x;
    const [first, second] = inputs as [Applied, Applied];
    if (op === 'detach' || ((op === 'expand' || op === 'reshape') && isUniform(first, this.view.graph.pass.loss)))
      return this.#lower(first);
    if (op === 'matmul') {
      const { transposeA, transposeB } = attributes;
      return call('matmul', this.#factor(first, transposeA === true), this.#factor(second, transposeB === true));
    }
    if (isTransposition(x)) return call('mT', this.#lower(first));
    if (onlyOnes(x)) return this.#reshaped(first, shape);
    const written = inputs.map((input) => this.write(input));
    const inner = written.map(({ shapes }) => shapes).filter((one) => one !== '');
    const from = inner.join(between(op));
    const shapes = from === matrixShape(shape) ? from : `${from} → ${matrixShape(shape)}`;
    const told = withoutOnes(x);
    const set = wordedLatex(told, written, this.batch);
    return this.#part({ ...worded(told, written, this.batch), latex: set, shapes, shape });
  }

  /** A matrix of a product. Elementwise products in it need parentheses, which ⊙ and · side by side would leave open. */
  #factor(x: Applied, turned: boolean): Expression {
    const lowered = this.#simplified(x);
    const clear = lowered.kind !== 'call' || lowered.fn === 'matmul' || lowered.fn === 'mT';
    const factor = clear ? lowered : this.#part({ ...this.write(x), held: true });
    return turned ? call('mT', factor) : factor;
  }

  /** The same elements, with a dimension of one more or less: written as before, but of another shape. */
  #reshaped(x: Applied, shape: Shape): Expression {
    if (isSingle(x)) return this.#operand(x);
    const { shapes, ...written } = this.write(x);
    const [from] = shapes.split(' → ');
    return this.#part({
      ...written,
      shapes: from === shapes ? matrixShape(shape) : `${from!} → ${matrixShape(shape)}`,
      shape,
    });
  }

  #part(part: Part): Expression {
    const name = `part ${this.#parts.size}`;
    this.#parts.set(name, part);
    return symbol(name);
  }

  #leafText(leaf: Exclude<Expression, { kind: 'number' | 'call' }>): string {
    const { names, graph } = this.view;
    if (leaf.kind === 'gradient') return names.partial(graph.pass.loss, leaf.node);
    if (leaf.kind === 'symbol') {
      const { text, level } = this.#parts.get(leaf.name)!;
      return level === 'name' ? text : `(${text})`;
    }
    const { kind, name, dtype, value, shape } = graph.node(leaf.node);
    if (kind !== 'constant' || name !== null || dtype === 'float32' || dtype === 'float64')
      return names.shown(leaf.node);
    if (shape.length === 1 && value.data && value.data.length <= 6) return `[${value.data.join(', ')}]`;
    return dtype === 'bool' ? t('mask') : t('index');
  }

  #leafLatex(leaf: Exclude<Expression, { kind: 'number' | 'call' }>): string {
    const { names, graph } = this.view;
    if (leaf.kind === 'gradient') return partialLatex(names.shown(graph.pass.loss), names.shown(leaf.node));
    if (leaf.kind === 'symbol') {
      const { latex: set, level } = this.#parts.get(leaf.name)!;
      return level === 'name' ? set : `\\left(${set}\\right)`;
    }
    return nodeLatex(this.#leafText(leaf));
  }

  /** A product with a single number is written with a dot, like one of matrices. */
  #dotted(x: Expression): Expression {
    if (x.kind !== 'call') return x;
    const args = x.args.map((argument) => this.#dotted(argument));
    // A condition is 1 where it holds and 0 elsewhere, as it stands.
    const [condition, a, b] = args as [Expression, Expression, Expression];
    if (x.fn === 'where' && isNumberOf(a, 1) && isNumberOf(b, 0)) return condition;
    if (x.fn === 'where' && isNumberOf(a, 0) && isNumberOf(b, 1)) return call('logicalNot', condition);
    const single = (y: Expression): boolean => y.kind !== 'number' && sizeOf(this.#shapes(y).shape) === 1;
    const dotted = x.fn === 'mul' && args.some(single) && !args.some(({ kind }) => kind === 'number');
    return { ...x, fn: dotted ? 'matmul' : x.fn, args };
  }

  #shapes(x: Expression): { text: string; shape: Shape } {
    return shapesOf(x, {
      node: (node) => this.view.graph.node(node).shape,
      part: (name) => this.#parts.get(name)!,
    });
  }
}

function levelOf(x: Expression): Level {
  if (x.kind !== 'call') return 'name';
  if (x.fn === 'add' || x.fn === 'sub' || x.fn === 'neg') return 'sum';
  return x.fn === 'mul' || x.fn === 'matmul' || x.fn === 'div' || x.fn === 'pow' || x.fn === 'square'
    ? 'product'
    : 'name';
}

const isNumberOf = (x: Expression, value: number): boolean => x.kind === 'number' && x.value === value;
const between = (op: string): string =>
  ({ conv2d: ' ⋆ ', conv2dWeight: ' ⋆ ', conv2dInput: ' ∗ ', cat: ' | ' })[op] ?? ', ';
