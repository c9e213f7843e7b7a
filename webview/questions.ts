import type { Question, QuestionKind, Told } from '../engine/protocol/questions.ts';
import type { ToHost, ToPanel } from '../engine/protocol/panel.ts';

type Resolve = (told: unknown) => void;

/** The questions that are on their way. One that is refused, or whose graph is gone, is never answered. */
export class Asking {
  #requests = 0;
  readonly #waiting = new Map<number, Resolve>();

  constructor(readonly send: (message: ToHost) => void) {}

  /** @param take is given the answer, unless a newer graph comes first. */
  ask<Kind extends QuestionKind>(
    sequence: number,
    question: Extract<Question, { kind: Kind }>,
    take: (told: Told<Kind>) => void,
  ): void {
    const request = ++this.#requests;
    this.#waiting.set(request, (told) => take(told as Told<Kind>));
    this.send({ type: 'ask', request, sequence, question });
  }

  settle(message: Extract<ToPanel, { type: 'reply' | 'refused' }>): void {
    const resolve = this.#waiting.get(message.request);
    this.#waiting.delete(message.request);
    if (message.type === 'reply') resolve?.(message.answer.told);
  }

  forget(): void {
    this.#waiting.clear();
  }
}
