const jwt = /\beyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*)?/g;
const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;
const secretPair = /\b(client_secret|client_assertion|refresh_token|access_token|refreshtoken|password|sig)(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi;

/**
 * Takes anything that looks like a token or secret out of a text. The last line of defence behind adapters that do not
 * pass such things on in the first place; every text for the log or the clipboard of "Copy Details" goes through it.
 */
export function redact(text: string): string {
  return text.replaceAll(jwt, '[token]').replaceAll(bearer, '$1 [token]').replaceAll(secretPair, '$1$2[secret]');
}
