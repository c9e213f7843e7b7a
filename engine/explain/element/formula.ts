import type { Expression } from '../../expression/expression.ts';
import { print } from '../../expression/print.ts';
import { weight } from '../../expression/substitute.ts';
import { type Applied, gradientOf } from '../../replay/applied.ts';
import { ElementFormula, type ElementLeaf } from '../../replay/element-formula.ts';
import { Evaluation } from '../../replay/evaluation.ts';
import { pulledThrough } from '../../replay/pulled.ts';
import { formatShort } from '../numbers.ts';
import { Lowering } from '../tensors/lower.ts';
import { shortNumber } from '../tensors/short-number.ts';
import { placeText } from '../tensors/matrix-view.ts';
import type { ElementMode, ElementTerm } from './mode.ts';

/** ∂o/∂e in elements: what it is made of, and what its symbols stand for. */
export interface LocalFormula {
  readonly expression: Expression;
  readonly leaves: ReadonlyMap<string, ElementLeaf>;
}

/** Longer formulas are not read by anybody, and folds of more ops are not tried. */
const [readable, mostOps] = [60, 200];

/** Formulas of the terms of one mode; what several terms share is worked out once. */
export class ElementFormulas {
  readonly #pulled = new Map<string, { readonly upstream: Applied; readonly pulled: Applied | null }>();
  readonly #evaluation: Evaluation;
  readonly #lowering: Lowering;

  constructor(readonly mode: ElementMode) {
    this.#evaluation = new Evaluation(mode.view.recording);
    this.#lowering = new Lowering(mode.view, null);
  }

  /** Null when it is too long. */
  local({ from, to }: ElementTerm): LocalFormula | null {
    const { graph, chains } = this.mode.view;
    const fold = chains.fold(to.node);
    if (fold.ops.length > mostOps) return null;
    const key = `${from.node}>${to.node}`;
    let known = this.#pulled.get(key);
    if (!known) {
      const upstream = gradientOf(graph, to.node);
      known = { upstream, pulled: pulledThrough(graph, fold, from.node, { upstream }) };
      this.#pulled.set(key, known);
    }
    const { upstream, pulled } = known;
    const formula = new ElementFormula(this.#evaluation, { upstream, place: to.place });
    const expression = pulled && formula.of(pulled, from.place);
    return expression && weight(expression, readable) <= readable ? { expression, leaves: formula.leaves } : null;
  }

  /** `x[1,2]·(1 − h[1,0]²)` */
  text({ expression, leaves }: LocalFormula): string {
    return this.#print(expression, (name) => this.nameOf(leaves.get(name)!));
  }

  /** The same with this run's numbers; empty where the formula is a number already. */
  numbers({ expression, leaves }: LocalFormula): string {
    return expression.kind === 'number' ? '' : this.#print(expression, (name) => formatShort(leaves.get(name)!.value));
  }

  nameOf({ of, place }: ElementLeaf): string {
    const index = placeText(place, of.shape);
    return this.indexed(of, index);
  }

  /** A leaf at an index that may hold letters. */
  indexed(of: ElementLeaf['of'], index: string): string {
    const { names, graph } = this.mode.view;
    const text =
      of.kind === 'value'
        ? names.shown(of.node)
        : of.kind === 'gradient'
          ? `∂${names.shown(graph.pass.loss)}/∂${names.shown(of.node)}`
          : this.#lowering.write(of).text;
    return index === '' ? text : `${text}[${index}]`;
  }

  #print(expression: Expression, leafText: (name: string) => string): string {
    return print(expression, {
      leaf: (leaf) => (leaf.kind === 'symbol' ? leafText(leaf.name) : ''),
      number: shortNumber,
      times: '·',
    });
  }

  /** Prints a formula whose symbols have texts of their own. */
  printed(expression: Expression, texts: ReadonlyMap<string, string>): string {
    return this.#print(expression, (name) => texts.get(name)!);
  }
}
