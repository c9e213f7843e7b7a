/** Sizes or dimensions: in a list, or one after the other as PyTorch has them too. */
export type Numbers = [list: readonly number[]] | number[];
/** What lies in the list, whichever way. A number alone is a list of one. */
export const listed = (numbers: Numbers): readonly number[] =>
  numbers.length === 1 && Array.isArray(numbers[0])
    ? (numbers[0] as readonly number[])
    : (numbers as readonly number[]);
