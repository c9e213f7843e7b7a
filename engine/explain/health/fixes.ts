import { placeOf as nearestPlace } from '../../analysis/health/place.ts';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { FixRequest, SourceFix } from '../../base/source-fix.ts';
import type { Trace } from '../../trace/format.ts';
import { PassView } from '../pass-view.ts';
import type { SourceRef } from '../view.ts';
import { type FormOffer, attached, awayFromZero, sameShape } from './fix-forms.ts';
import { type Examination, findingsOf } from './findings.ts';
import { loudWeights, weightsOf } from './fix-weights.ts';
import type { FindingView } from './view.ts';
import { sourceNear } from './words.ts';

/** A repair to offer for a finding. Whether the source has a form that it can be done to is for `engine/source/fixes` to say. */
export interface FixOffer {
  readonly title: string;
  readonly fix: SourceFix;
}

/** What may mend a finding, the likeliest first. */
export function fixesFor(finding: FindingView, view: PassView): FixOffer[] {
  const { source } = finding;
  if (!source) return [];
  return offersOf(finding, source, view).flatMap(({ title, requests }) =>
    requests.length > 0 && requests.every((one) => one.file === requests[0]!.file)
      ? [{ title, fix: { file: requests[0]!.file, requests: requests.map(({ request }) => request) } }]
      : [],
  );
}

/** A finding, and the pass it was made in. */
export interface FindingInPass {
  readonly finding: FindingView;
  readonly view: PassView;
}

export const findingsInPasses = (trace: Trace, examination: Examination): FindingInPass[] =>
  trace.passes.flatMap((pass) => {
    const view = new PassView(trace, pass, 'named');
    return findingsOf(view, examination).map((finding) => ({ finding, view }));
  });

/** The likeliest fix of several findings of one rule, of all of them at once; null where they have none in common. */
export function fixEverywhere(findings: readonly FindingInPass[]): FixOffer | null {
  const offers = findings.flatMap(({ finding, view }) => fixesFor(finding, view).slice(0, 1));
  const [first] = offers;
  const places = new Map(
    offers.flatMap(({ fix }) => fix.requests.map((request) => [JSON.stringify(request), request] as const)),
  );
  if (
    !first ||
    new Set(offers.map(({ fix }) => JSON.stringify(fix))).size < 2 ||
    offers.some(({ title, fix }) => title !== first.title || fix.file !== first.fix.file)
  )
    return null;
  return {
    title: t('{0}: everywhere in this file', first.title),
    fix: { file: first.fix.file, requests: [...places.values()] },
  };
}

interface Placed {
  readonly file: SourceFix['file'];
  readonly request: FixRequest;
}

interface Offer {
  readonly title: string;
  readonly requests: readonly Placed[];
}

function offersOf(finding: FindingView, source: SourceRef, view: PassView): Offer[] {
  const here = (request: FixRequest): Placed => ({ file: source.file, request });
  const at = source.span;
  const one = (title: string, request: FixRequest): Offer => ({ title, requests: [here(request)] });
  const forms = (offers: readonly FormOffer[]): Offer[] => offers.map(({ title, request }) => one(title, request));
  switch (finding.rule) {
    case 'sigmoid-then-bce':
      return [one(t('Use bceWithLogits on the logits'), { kind: 'bceWithLogits', at })];
    case 'log-of-softmax':
      return [one(t('Use logSoftmax'), { kind: 'logSoftmax', at })];
    case 'division-near-zero':
      return [one(t('Add 1e-6 to the divisor'), { kind: 'epsilon', at })];
    case 'exp-overflow':
      return [
        one(t('Use the function that does not overflow (softplus, logsumexp, softmax)'), { kind: 'stableExp', at }),
      ];
    case 'not-finite':
      return forms(awayFromZero(finding, at, view));
    case 'null-gradient':
      return forms(attached(finding, at, view));
    case 'silent-broadcast':
      return forms(sameShape(finding, at, view));
    case 'dead-relu':
      return [
        one(t('Use {0} in place of {1}', 'leakyRelu', 'relu'), {
          kind: 'activation',
          at,
          from: 'relu',
          to: 'leakyRelu',
        }),
        one(t('Use {0} in place of {1}', 'gelu', 'relu'), { kind: 'activation', at, from: 'relu', to: 'gelu' }),
      ];
    case 'vanishing-gradient':
      return forVanishing(culpritAt(finding, source, view), view);
    case 'saturated-activation':
      return forSaturated(finding.node, view);
    case 'exploding-gradient':
      return [...initialised(loudWeights(view), 1), ...clipped(view)];
    case 'initial-scale':
      return initialiseAt(userOf(finding.node, view), 2, view);
    case 'update-ratio':
      return learningRate(Number(finding.evidence['ratio']), view);
    default:
      return [];
  }
}

function forVanishing(culprit: NodeId | null, view: PassView): Offer[] {
  const source = culprit === null ? null : sourceNear(culprit, view);
  if (culprit === null || !source) return [];
  const { op, shape } = view.graph.node(culprit);
  const { file, span: at } = source;
  const repeated = repetitions(culprit, view);
  const same = repeated.every((id) => String(view.graph.node(id).shape) === String(shape));
  const width = shape.at(-1);
  const isActivation = op === 'sigmoid' || op === 'tanh';
  const weights = weightsOf(culprit, 2, view);
  return [
    ...(isActivation
      ? ['relu', 'gelu'].map((to): Offer => ({
          title:
            weights.length > 0
              ? t('Use {0} in place of {1}, with He initialisation', to, op)
              : t('Use {0} in place of {1}', to, op),
          requests: [...weights, { file, request: { kind: 'activation', at, from: op, to } }],
        }))
      : []),
    ...(op === 'sigmoid' ? [] : initialiseAt(culprit, 1, view)),
    ...(same ? residuals(repeated.length).map((one) => around(one, file, at)) : []),
    ...(same && isActivation && width !== undefined && shape.length > 1
      ? [
          {
            title: t('Normalise what {0} gives (layerNorm)', op),
            requests: [{ file, request: { kind: 'layerNorm', at, size: width } as const }],
          },
        ]
      : []),
  ];
}

/** A way round each layer: the whole of what the layer gives is added, or its share, so that the sum over many keeps its size. */
const residuals = (layers: number): readonly number[] => (layers < manyLayers ? [1] : [1, layers]);
const manyLayers = 4;

function around(divisor: number, file: SourceRef['file'], at: SourceRef['span']): Offer {
  const title =
    divisor === 1 ? t('Add a residual connection') : t('Add a residual connection, each layer divided by {0}', divisor);
  return { title, requests: [{ file, request: { kind: 'residual', at, divisor } }] };
}

function forSaturated(node: NodeId, view: PassView): Offer[] {
  const source = sourceNear(node, view);
  const { op } = view.graph.node(node);
  const request: FixRequest | null = source && { kind: 'activation', at: source.span, from: op, to: 'relu' };
  return [
    ...initialiseAt(node, 1, view),
    ...(source && request
      ? [{ title: t('Use {0} in place of {1}', 'relu', op), requests: [{ file: source.file, request }] }]
      : []),
  ];
}

const initialiseAt = (node: NodeId | null, numerator: 1 | 2, view: PassView): Offer[] =>
  initialised(node === null ? [] : weightsOf(node, numerator, view), numerator);

function initialised(requests: readonly Placed[], numerator: 1 | 2): Offer[] {
  const title =
    numerator === 2
      ? t('Initialise with a deviation of √(2 / fan-in) (He)')
      : t('Initialise with a deviation of √(1 / fan-in) (Xavier)');
  return requests.length > 0 ? [{ title, requests }] : [];
}

function clipped(view: PassView): Offer[] {
  const model = modelAt(view);
  const request: FixRequest | null = model && { kind: 'clip', at: model.span, maxNorm: 1 };
  return model && request
    ? [{ title: t('Clip gradients to a norm of 1 (optim.clipped)'), requests: [{ file: model.file, request }] }]
    : [];
}

/** By the power of ten that brings a step to about a thousandth of the weights. */
function learningRate(ratio: number, view: PassView): Offer[] {
  const model = modelAt(view);
  const power = Math.round(Math.log10(usualRatio / ratio));
  if (!model || !Number.isFinite(power) || power === 0) return [];
  const factor = 10 ** power;
  const title =
    power < 0
      ? t('Divide the learning rate by {0}', String(10 ** -power))
      : t('Multiply the learning rate by {0}', String(factor));
  return [{ title, requests: [{ file: model.file, request: { kind: 'learningRate', at: model.span, factor } }] }];
}

/** CS231n: one step moves weights by about 1e-3 of their norm where training goes well. */
const usualRatio = 1e-3;

function modelAt({ pass, trace }: PassView): { file: SourceFix['file']; span: SourceRef['span'] } | null {
  return pass.site === null ? null : (trace.sites.get(pass.site) ?? null);
}

/** The op that stands where the finding points: the last of those on its way. */
function culpritAt({ node }: FindingView, { file, span }: SourceRef, view: PassView): NodeId | null {
  const standsThere = (id: NodeId): boolean => {
    const source = view.graph.node(id).kind === 'op' ? view.source(id) : null;
    return source?.file === file && source.span.start === span.start && source.span.end === span.end;
  };
  const there = view.graph.nodes.filter(standsThere);
  return there.find((id) => id > node) ?? there[0] ?? null;
}

/** The layer that uses weights. */
const userOf = (weights: NodeId, { graph }: PassView): NodeId | null => graph.consumers(weights)[0]?.node ?? null;

/** Every node that the expression of one made. */
function repetitions(node: NodeId, { graph }: PassView): NodeId[] {
  const site = nearestPlace(graph, node)?.site;
  const { op } = graph.node(node);
  return graph.nodes.filter((id) => graph.node(id).op === op && graph.node(id).sites[0] === site);
}
