/** Chinese, Japanese and Korean signs and their punctuation (East Asian Width W and F, by block). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u;

/** How many columns of a fixed-width font a text takes: a wide sign takes two. Combining marks do not occur in what is shown. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) columns += wide.test(sign) ? 2 : 1;
  return columns;
}
