import type { Question, QuestionKind, Questions, Told } from '../protocol/questions.ts';
import { buildCard } from './card.ts';
import type { PassView } from './pass-view.ts';

type Answering = { readonly [Kind in QuestionKind]: (view: PassView, asks: Questions[Kind]['asks']) => Told<Kind> };

const answering: Answering = {
  card: (view, { node }) => {
    const shown = view.shownFor(node);
    return shown === null ? null : buildCard(view, shown);
  },
};

/** Answers a question of the panel about the pass that it shows. */
export function answerTo<Kind extends QuestionKind>(
  view: PassView,
  question: Extract<Question, { kind: Kind }>,
): { kind: Kind; told: Told<Kind> } {
  const { kind } = question as { kind: Kind };
  return { kind, told: answering[kind](view, question as Questions[Kind]['asks']) };
}
