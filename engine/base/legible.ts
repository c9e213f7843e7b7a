/** A text without what no XML document may hold, not even escaped: control characters, halves of surrogate pairs, non-characters. */
export const legible = (text: string): string =>
  text.replace(/[\p{Cc}\ufffe\uffff\p{Surrogate}]/gu, (sign) => (/[\t\n\r]/.test(sign) ? sign : '\ufffd'));
