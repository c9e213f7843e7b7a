import { locateModels } from '../source/model-locator.ts';
import { importsRetrograd } from '../source/imports-retrograd.ts';
import { samePlace, type Place } from '../place.ts';

export interface Candidate {
  readonly place: Place | null;
  readonly language: string;
  readonly text: string;
}

/**
 * Which file is live when the focus moves to a document. A file that does not import the library leaves the last choice in
 * place, and so does one that only helps the live program: it is watched through that program already.
 */
export function chooseLive(
  last: Place | null,
  candidate: Candidate | null,
  belongs: (place: Place) => boolean,
): Place | null {
  if (candidate === null || candidate.place === null || !isModelFile(candidate)) return last;
  if (samePlace(last, candidate.place)) return last;
  if (last !== null && belongs(candidate.place) && !trains(candidate.text)) return last;
  return candidate.place;
}

/** Whether a document can be made live: TypeScript or JavaScript on disk that imports the library. */
export const isModelFile = ({ place, language, text }: Candidate): boolean =>
  place !== null && (language === 'typescript' || language === 'javascript') && importsRetrograd(text);

const trains = (text: string): boolean => locateModels(text).length > 0 || text.includes('.backward(');
