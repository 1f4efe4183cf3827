/**
 * Offset of the quote that ends a value of YAML, or -1. In double quotes `\"` is one character, in single quotes `''` is
 * (YAML 1.2.2, 7.3.1 and 7.3.2).
 * @param quote `"` or `'`
 * @param from behind the quote that opens it
 */
export function closingQuote(text: string, quote: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') {
      at++;
    } else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) {
        return at;
      }
      at++;
    }
  }
  return -1;
}
