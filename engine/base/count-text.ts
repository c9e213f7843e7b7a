/** A count's decimal digits in groups of three; of more than fifteen, its size: `≈ 1.607·10⁶⁰`. */
export function countText(digits: string): string {
  if (digits.length <= 4) return digits;
  if (digits.length <= 15) return digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  const lead = Number(`${digits[0]}.${digits.slice(1, 9)}`).toFixed(3);
  const [mantissa, exponent] = lead === '10.000' ? ['1.000', digits.length] : [lead, digits.length - 1];
  return `≈ ${mantissa}·10${Array.from(String(exponent), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`;
}
