import { placeOf as nearestPlace } from '../../analysis/health/place.ts';
import type { Finding } from '../../analysis/health/finding.ts';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { localName } from '../flow/local-name.ts';
import { typeset } from '../names.ts';
import { formatShort } from '../numbers.ts';
import type { SourceRef } from '../view.ts';
import type { PassView } from '../pass-view.ts';

interface Told {
  readonly message: string;
  readonly advice: string | null;
}

/** What a finding says. Its numbers are those of the evidence. */
export function wordsFor(finding: Finding, view: PassView): Told {
  const { evidence, rule } = finding;
  const name = nameOf(finding.node, view);
  const loss = view.names.shown(view.graph.pass.loss);
  const gradient = view.names.partial(view.graph.pass.loss, finding.node);
  const whose = evidence['others'] === undefined ? name : t('{0} (and of {1} more)', name, evidence['others']);
  const n = (key: string): string => shown(evidence[key]);
  switch (rule) {
    case 'vanishing-gradient':
      return {
        message: [
          evidence['measure'] === 'mean'
            ? t(
                'The gradient of {0} vanishes: its mean magnitude is {1}, below {2}.',
                whose,
                n('meanGradient'),
                n('bound'),
              )
            : t('The gradient of {0} vanishes: its norm is {1}, below {2}.', whose, n('norm'), n('bound')),
          lostWhere(finding, view),
        ]
          .filter(Boolean)
          .join(' '),
        advice: adviceForLeak(finding, view),
      };
    case 'exploding-gradient':
      return {
        message: [
          t(
            'The gradient of {0} explodes: its norm is {1}, {2} times that at the output.',
            whose,
            n('norm'),
            n('ratio'),
          ),
          evidence['gainedDecades'] === undefined
            ? ''
            : t(
                '{0} decades are gained in {1}.',
                n('gainedDecades'),
                placeOf(finding.culprit, view, evidence['repetitions']),
              ),
        ]
          .filter(Boolean)
          .join(' '),
        advice: t('Clip gradients (optim.clipped), start from smaller weights, or take a smaller learning rate.'),
      };
    case 'not-finite':
      return {
        message:
          evidence['pass'] === 'forward'
            ? t('{0} makes {1} of inputs that were all right: {2}.', n('op'), n('makes'), n('inputs'))
            : t('The derivative of {0} is not finite here, with inputs {1}.', n('op'), n('inputs')),
        advice: t(
          'Keep its input away from where it has no finite value: an epsilon, a clamp, or the stable form of the function.',
        ),
      };
    case 'dead-relu':
      return {
        message: t(
          '{0} of {1} units of {2} are dead: inactive for all {3} samples.',
          n('dead'),
          n('units'),
          name,
          n('samples'),
        ),
        advice: t(
          'leakyRelu or gelu let something through; He initialisation and a smaller learning rate keep units alive.',
        ),
      };
    case 'saturated-activation':
      return {
        message: t(
          '{0}% of {1} are saturated: {2} is flat there, and lets almost no gradient through.',
          percent(evidence['share']),
          name,
          n('op'),
        ),
        advice: t('Xavier initialisation, normalised inputs, or relu in place of {0}.', n('op')),
      };
    case 'zero-gradient':
      return {
        message:
          finding.culprit === null
            ? t('The gradient of {0} is exactly zero in all {1} elements.', whose, n('elements'))
            : t(
                'The gradient of {0} is exactly zero in all {1} elements: {2} lets nothing through.',
                whose,
                n('elements'),
                placeOf(finding.culprit, view),
              ),
        advice: null,
      };
    case 'null-gradient':
      return {
        message:
          evidence['others'] === undefined
            ? t(
                '{0} does not exist: {1} is cut off from {2} at {3}.',
                gradient,
                name,
                loss,
                placeOf(finding.culprit, view),
              )
            : t(
                '{0} does not exist: {1} and {2} more are cut off from {3} at {4}.',
                gradient,
                name,
                evidence['others'],
                loss,
                placeOf(finding.culprit, view),
              ),
        advice: t('Without detach(), noGrad() or an op that has no gradient on the way, it is learned too.'),
      };
    case 'unused-parameter':
      return {
        message:
          evidence['others'] === undefined
            ? t('The parameter {0} is never used.', name)
            : t('{0} parameters of layers that no model calls are never used.', 1 + Number(evidence['others'])),
        advice: t('Use it, or remove it: optimisers leave it as it is.'),
      };
    case 'update-ratio':
      return {
        message:
          evidence['direction'] === 'above'
            ? t('One step moves {0} by {1} of its own norm: training may jump about.', name, n('ratio'))
            : t('One step moves {0} by only {1} of its own norm: it hardly learns.', name, n('ratio')),
        advice: t('About 1e-3 is usual: change the learning rate.'),
      };
    case 'initial-scale':
      return {
        message:
          evidence['problem'] === 'symmetric'
            ? t('All weights of {0} are {1}: its {2} units stay the same for ever.', name, n('value'), n('units'))
            : t(
                'The weights of {0} change the mean square of what passes by a factor of {1}; near 1 keeps layers alike.',
                name,
                n('gain'),
              ),
        advice: t('Initialise with nn.init.kaimingNormal before relu, nn.init.xavierUniform before tanh and sigmoid.'),
      };
    case 'loss-not-falling':
      return {
        message: t(
          '{0} has not fallen for {1} steps: {2} before, {3} now.',
          loss,
          n('steps'),
          n('before'),
          n('lately'),
        ),
        advice: t('Another learning rate, or another initialisation.'),
      };
    case 'log-of-softmax':
      return {
        message: t('log(softmax(x)) is −∞ where softmax underflows; its smallest element is {0} here.', n('smallest')),
        advice: t('logSoftmax(x) is the same function without the underflow.'),
      };
    case 'sigmoid-then-bce':
      return {
        message: t(
          'sigmoid and then bce loses digits where the sigmoid is nearly 0 or 1; here it is between {0} and {1}.',
          n('least'),
          n('most'),
        ),
        advice: t('bceWithLogits takes the logits and is exact.'),
      };
    case 'exp-overflow':
      return {
        message: t('exp of {0}: from {1} on it is ∞ in {2}.', n('largest'), n('bound'), n('dtype')),
        advice: t('Subtract the maximum first, as softmax and logsumexp do.'),
      };
    case 'division-near-zero':
      return {
        message: t(
          'A divisor comes as near to zero as {0}: the quotient’s derivative grows with the square of its reciprocal.',
          n('smallest'),
        ),
        advice: t('Add an epsilon to the divisor.'),
      };
    case 'silent-broadcast':
      return {
        message: t(
          '{0} of {1} and {2} makes {3}: each is broadcast along the other.',
          n('op'),
          n('left'),
          n('right'),
          n('result'),
        ),
        advice: t('If element by element was meant, give both the same shape: squeeze or unsqueeze one.'),
      };
  }
}

/** `12.1 of 15.3 decades are lost in σ′(z) in layer, line 18, over its 30 repetitions.` */
function lostWhere({ evidence, culprit }: Finding, view: PassView): string {
  const { lostDecades, ofDecades, repetitions } = evidence;
  if (typeof lostDecades !== 'number' || typeof ofDecades !== 'number' || !(lostDecades > 0)) return '';
  return lostIn({ lost: lostDecades, of: ofDecades, culprit, repetitions: Number(repetitions) }, view);
}

export interface Lost {
  /** Decades, above zero. */
  readonly lost: number;
  readonly of: number;
  readonly culprit: NodeId | null;
  readonly repetitions: number;
}

/** The sentence that names the culprit. */
export const lostIn = ({ lost, of, culprit, repetitions }: Lost, view: PassView): string =>
  t('{0} of {1} decades are lost in {2}.', lost.toFixed(1), of.toFixed(1), placeOf(culprit, view, repetitions));

/** `σ′(z) in layer, line 18, over its 30 repetitions`. */
export function placeOf(node: NodeId | null, view: PassView, repetitions: number | string = 1): string {
  if (node === null) return t('an unknown place');
  const op = localName(view, node);
  const owner = functionOf(node, view);
  const factor = owner === null ? op : t('{0} in {1}', op, owner);
  const line = sourceNear(node, view)?.line;
  const place = line === undefined ? factor : t('{0}, line {1}', factor, line);
  return Number(repetitions) > 1 ? t('{0}, over its {1} repetitions', place, repetitions) : place;
}

/** The function of the model that an op was made in; null outside of any. */
function functionOf(node: NodeId, { graph, trace }: PassView): string | null {
  for (let at: number | null = graph.node(node).scope; at !== null; at = trace.scopes[at]?.parent ?? null) {
    const { kind, name } = trace.scopes[at]!;
    if (kind === 'model' || name === 'model') return null;
    if (kind === 'function') return name;
  }
  return null;
}

function adviceForLeak({ culprit }: Finding, { graph }: PassView): string | null {
  switch (culprit === null ? null : graph.node(culprit).op) {
    case 'sigmoid':
      return t('σ′ is never above 0.25: relu or gelu with He initialisation, a residual connection, or normalisation.');
    case 'tanh':
      return t('tanh′ falls as its input grows: Xavier initialisation, normalisation, or a residual connection.');
    case 'matmul':
      return t(
        'The weights are too small to pass the gradient on: He or Xavier initialisation, or a residual connection.',
      );
    default:
      return null;
  }
}

const shown = (value: number | string | undefined): string =>
  typeof value === 'number'
    ? Number.isInteger(value) && Math.abs(value) < 1e6
      ? String(value)
      : formatShort(value)
    : (value ?? '');

/** What no pass has used has a name all the same. */
export const nameOf = (node: NodeId, view: PassView): string =>
  view.graph.has(node) ? view.names.shown(node) : typeset(view.trace.nodes[node]!.name ?? t('without a name'));

/** Where a node stands, or what is made of it, for parts of layers and of composite ops. */
export function sourceNear(node: NodeId, view: PassView): SourceRef | null {
  if (!view.graph.has(node)) return view.source(node);
  const place = nearestPlace(view.graph, node);
  return place && view.source(place.node);
}

const percent = (share: number | string | undefined): string => String(Math.round(Number(share) * 100));
