import type { Answer, Question, QuestionKind, Questions, Told } from '../protocol/questions.ts';
import { buildBackwardGraph } from './backward-graph/build.ts';
import { buildCard } from './card.ts';
import { buildFlow } from './flow/build.ts';
import { buildGradientFunction } from './gradient-function/build.ts';
import { elementTable } from './element/table.ts';
import type { PassView } from './pass-view.ts';
import { jacobianOf } from './tensors/jacobian.ts';

type Answering = { readonly [Kind in QuestionKind]: (view: PassView, asks: Questions[Kind]['asks']) => Told<Kind> };

const answering: Answering = {
  card: (view, { node }) => {
    const shown = view.shownFor(node);
    return shown === null ? null : buildCard(view, shown);
  },
  jacobian: jacobianOf,
  elements: elementTable,
  backward: buildBackwardGraph,
  flow: (view, { node }) => {
    const shown = view.shownFor(node);
    return shown === null ? null : buildFlow(view, shown);
  },
  formula: (view, { node }) => {
    const shown = view.shownFor(node);
    return shown === null ? null : buildGradientFunction(view, shown);
  },
};

/** Answers a question of the panel about the pass that it shows. */
export function answerTo<Kind extends QuestionKind>(
  view: PassView,
  question: Extract<Question, { kind: Kind }>,
): Extract<Answer, { kind: Kind }> {
  const { kind } = question as { kind: Kind };
  return { kind, told: answering[kind](view, question) } as Extract<Answer, { kind: Kind }>;
}
