import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import { type WhyNull, whyNull } from '../analysis/why.ts';
import type { WhyZero } from '../analysis/why-zero.ts';
import type { ZeroReason } from '../analysis/zero-reasons.ts';
import { formatShort } from './numbers.ts';
import type { PassView } from './pass-view.ts';
import type { WhyCause, WhyView } from './view.ts';

/**
 * Why a node has no gradient, or zeros in it; null where there is nothing to explain.
 * @param place one element, to be told of alone.
 */
export function whyView(view: PassView, id: NodeId, place: number | null = null): WhyView | null {
  const gradient = view.graph.pass.gradients.get(id);
  if (!gradient) {
    const causes = whyNull(view.graph, id).map((why) => nullCause(view, id, why));
    const [first] = causes;
    const text = causes.length === 1 ? t('No gradient: {0} ({1}).', first!.text, first!.place) : t('No gradient:');
    return { kind: 'null', text, causes };
  }
  const zeros = view.zeros.of(id, place);
  if (!zeros) return null;
  const { count, size } = zeros;
  const causes = zeros.causes.map((why) => zeroCause(view, why, size));
  const text =
    count < size
      ? count === 1
        ? t('1 of {0} elements is exactly 0.', size)
        : t('{0} of {1} elements are exactly 0.', count, size)
      : size === 1
        ? t('The gradient is exactly 0.')
        : t('All {0} elements are exactly 0.', size);
  return { kind: count < size ? 'zeros' : 'zero', text, causes };
}

/** In one clause, for where there is room for no more. */
export const whyNoGradient = (view: PassView, id: NodeId): string =>
  nullCause(view, id, whyNull(view.graph, id)[0]!).text;

function nullCause(view: PassView, id: NodeId, why: WhyNull): WhyCause {
  return { ...placed(view, why.node), cause: why.cause, text: nullText(view, id, why), elements: null };
}

function nullText({ graph, names }: PassView, id: NodeId, { cause, node }: WhyNull): string {
  const loss = names.shown(graph.pass.loss);
  const { op, dtype } = graph.node(node);
  const isItself = node === id;
  // What requires a gradient is cut off further on; what does not was made of something that is.
  const isAhead = graph.node(id).requiresGrad;
  switch (cause) {
    case 'not-real':
      if (isItself) return t('{0} values have no gradient', dtype);
      return isAhead
        ? t('the way to {0} goes through {1}, whose {2} values have no gradient', loss, op, dtype)
        : t('it is made of {0} values ({1}), which have no gradient', dtype, op);
    case 'constant':
      return t('a constant, whose gradient nothing asks for');
    case 'input':
      return t('an input, which requires no gradient');
    case 'frozen':
      return t('a parameter that requires no gradient');
    case 'detach':
      if (isItself) return t('cut off by detach()');
      return isAhead ? t('the way to {0} is cut off by detach()', loss) : t('it is made of what detach() cut off');
    case 'no-grad':
      if (isItself) return t('made inside noGrad()');
      return isAhead
        ? t('the way to {0} goes through noGrad()', loss)
        : t('it is made of what was made inside noGrad()');
    case 'not-differentiable':
      if (isItself) return t('{0} is not differentiable', op);
      return isAhead
        ? t('the way to {0} goes through {1}, which is not differentiable', loss, op)
        : t('it is made by {0}, which is not differentiable', op);
    case 'no-parameter':
      return t('depends on nothing that requires a gradient');
    default:
      return isItself
        ? t('does not lead to {0}', loss)
        : t('does not lead to {0}: it ends in {1}', loss, names.shown(node));
  }
}

function zeroCause(view: PassView, { cause, node, operand, elements }: WhyZero, size: number): WhyCause {
  return {
    ...placed(view, node),
    cause,
    text: zeroText(view, cause, node, operand),
    elements: size === 1 ? null : elements,
  };
}

function zeroText(view: PassView, cause: ZeroReason, node: NodeId, operand: NodeId | null): string {
  const { op, value } = view.graph.node(node);
  switch (cause) {
    case 'inactive':
      return inactiveText(view, node);
    case 'clamped':
      return t('{0} lets nothing through outside its range', op);
    case 'saturated':
      return t('{0} is saturated: its derivative is less than a number can hold', op);
    case 'piecewise-constant':
      return t('{0} is flat: its derivative is taken as 0 everywhere', op);
    case 'masked':
      return t('{0} takes the other value there', op);
    case 'dropped':
      return t('dropped by dropout');
    case 'not-chosen':
      return t('{0} chooses another element', op);
    case 'not-selected':
      return t('{0} leaves these elements out', op);
    case 'times-zero':
      return t('multiplied by {0}, which is exactly 0 there', operand === null ? '0' : nameOf(view, operand));
    case 'underflow':
      return t('what passes {0} is smaller than the smallest {1}', op, view.graph.node(node).dtype);
    case 'cancellation':
      return t('terms cancel to exactly 0');
    default:
      return value.data?.length === 1
        ? t('the derivative of {0} is 0 at this value', op)
        : t('the derivative of {0} is 0 at these values', op);
  }
}

function inactiveText({ graph }: PassView, node: NodeId): string {
  const { op, inputs } = graph.node(node);
  const { data } = graph.node(inputs[0]!).value;
  return data?.length === 1
    ? t('{0} is inactive: {1} is not above 0', op, formatShort(data[0]!))
    : t('{0} is inactive there: its input is not above 0', op);
}

/** By the name of what is shown. */
function nameOf(view: PassView, id: NodeId): string {
  return view.names.shown(view.graph.node(id).name === null ? (view.shownFor(id) ?? id) : id);
}

function placed(view: PassView, node: NodeId): Pick<WhyCause, 'node' | 'name' | 'place' | 'source'> {
  const source = view.source(node) ?? view.source(view.shownFor(node) ?? node);
  const name = nameOf(view, node);
  return { node, name, place: source ? t('{0}, line {1}', name, source.line) : name, source };
}

/** A cause on a line of its own: `3 elements: dropped by dropout (d, line 12)`. */
export function causeLine({ text, place, elements }: WhyCause): string {
  const placedText = t('{0} ({1})', text, place);
  if (elements === null) return placedText;
  return elements === 1 ? t('1 element: {0}', placedText) : t('{0} elements: {1}', elements, placedText);
}
