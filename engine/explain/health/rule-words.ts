import type { RuleId, Severity } from '../../analysis/health/finding.ts';
import { t } from '../../base/l10n.ts';
import type { assertionId } from './assertions.ts';
import type { noteIds } from './suppression-notes.ts';
import type { gradientCheckId } from './wrong-gradients.ts';

/** Everything that a report can name: the rules, what is said of comments, expectations, gradients that are wrong. */
export type ReportedId = RuleId | (typeof noteIds)[number] | typeof assertionId | typeof gradientCheckId;

/** A rule as reports introduce it, before any finding. */
export interface RuleWords {
  readonly title: string;
  /** What it finds. */
  readonly finds: string;
  /** What mends it. */
  readonly mending: string;
  /** Of its findings; of some rules a finding can weigh more or less. */
  readonly severity: Severity;
}

const words = (severity: Severity, title: string, finds: string, mending: string): RuleWords => ({
  severity,
  title,
  finds,
  mending,
});

/** In the display language: made when asked for. */
export const ruleWords = (): Readonly<Record<ReportedId, RuleWords>> => ({
  'vanishing-gradient': words(
    'warning',
    t('Vanishing gradient'),
    t('A parameter whose gradient is tiny, beside that of the parameters nearer to the loss too.'),
    t('Relu or gelu with He initialisation, a residual connection, layer normalisation; LSTM or GRU cells.'),
  ),
  'exploding-gradient': words(
    'warning',
    t('Exploding gradient'),
    t('A parameter whose gradient is very large, or far larger than nearer to the loss.'),
    t('Clipping, smaller initial weights, a smaller learning rate.'),
  ),
  'not-finite': words(
    'error',
    t('NaN or infinity'),
    t('The first op, forward or backward, that makes NaN or ∞ of finite numbers.'),
    t('An epsilon, a clamp, or the stable form of the function: logSoftmax, logsumexp, bceWithLogits.'),
  ),
  'dead-relu': words(
    'warning',
    t('Dead ReLU'),
    t('Units of a relu that are inactive for every sample: no gradient passes them.'),
    t('LeakyRelu or gelu, He initialisation, a smaller learning rate.'),
  ),
  'saturated-activation': words(
    'warning',
    t('Saturated activation'),
    t('A layer of sigmoid or tanh of which most elements are at the end of their range, where the slope is nearly 0.'),
    t('Xavier initialisation, normalised inputs, or relu.'),
  ),
  'zero-gradient': words(
    'warning',
    t('Zero gradient'),
    t('A parameter whose gradient is 0 in every element.'),
    t('See the op that is named: a clamp, a mask, a multiplication by 0.'),
  ),
  'null-gradient': words(
    'warning',
    t('No gradient'),
    t('A parameter that the loss depends on through nothing that passes a gradient.'),
    t('Remove what cuts it off; for a choice by comparison use a smooth function.'),
  ),
  'unused-parameter': words(
    'info',
    t('Unused parameter'),
    t('A parameter that the loss does not depend on.'),
    t('Use it or remove it.'),
  ),
  'update-ratio': words(
    'info',
    t('Update-to-weight ratio'),
    t('An optimizer whose steps are very large or very small beside the weights.'),
    t('Another learning rate.'),
  ),
  'initial-scale': words(
    'warning',
    t('Initial scale'),
    t('A layer whose initial weights make its output far larger or smaller than its input, or all units alike.'),
    t('kaimingNormal before relu, xavierUniform before tanh and sigmoid.'),
  ),
  'loss-not-falling': words(
    'warning',
    t('Loss not falling'),
    t('A training whose loss has not fallen for many steps.'),
    t('Another learning rate or initialisation.'),
  ),
  'log-of-softmax': words(
    'warning',
    t('log of softmax'),
    t('The logarithm of a softmax, which is −∞ where the softmax is rounded to 0.'),
    t('logSoftmax, or crossEntropy of the logits.'),
  ),
  'sigmoid-then-bce': words(
    'warning',
    t('sigmoid, then bce'),
    t('A binary cross entropy of a sigmoid, which loses its gradient where the sigmoid is rounded to 0 or 1.'),
    t('bceWithLogits of what the sigmoid was given.'),
  ),
  'exp-overflow': words(
    'warning',
    t('exp overflows'),
    t('An exponential that is ∞, or near it, in its type.'),
    t('Subtract the maximum first, or use softmax, logsumexp, softplus.'),
  ),
  'division-near-zero': words(
    'warning',
    t('Division near zero'),
    t('A divisor that is nearly 0 beside what it divides.'),
    t('An epsilon, or another parametrisation of the divisor: exp, softplus.'),
  ),
  'silent-broadcast': words(
    'warning',
    t('Silent broadcast'),
    t('Shapes such as [n] and [n, 1] that make a matrix of what was meant element by element.'),
    t('Give both the same shape: squeeze or unsqueeze one.'),
  ),
  'unknown-rule': words(
    'warning',
    t('Unknown rule'),
    t('A comment that asks for silence about a rule that there is not.'),
    t('Write the name of a rule, or remove the comment.'),
  ),
  'unused-suppression': words(
    'info',
    t('Unused suppression'),
    t('A comment that asks for silence about a rule which finds nothing there.'),
    t('Remove the comment.'),
  ),
  'expect-gradient': words(
    'error',
    t('Expected gradient'),
    t('A gradient that is not as expectGradient in the program asks.'),
    t('Mend the model, or the expectation.'),
  ),
  'gradient-check': words(
    'error',
    t('Wrong gradient'),
    t('A gradient that differs from the central differences of the loss.'),
    t('See the op that is named, nearest to the loss; retrograd gradcheck tells every node.'),
  ),
});
