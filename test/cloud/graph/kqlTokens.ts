/** A word, a text, or a sign of a query, with its place (line from 1, column from 0) as the service's errors name it. */
export interface KqlToken {
  readonly kind: 'word' | 'text' | 'sign' | 'end';
  /** For a text: what it says, without quotes and escapes. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A query that the service, or this part of it, cannot read. */
export class KqlFailure extends Error {
  readonly token: KqlToken;

  constructor(token: KqlToken) {
    super(`ParserFailure at '${token.text}'`);
    this.token = token;
  }
}

const part = /(?<space>\s+|\/\/[^\n]*)|(?<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?<word>!?[A-Za-z_]\w*~?)|(?<sign>==|=~|!=|!~|[|(),.=[\]])/uy;

/**
 * Cuts a query into its parts; comments are left out.
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/string for texts and their escapes
 * @throws KqlFailure
 */
export function kqlTokens(query: string): KqlToken[] {
  const tokens: KqlToken[] = [];
  let at = 0;
  const place = (): { line: number; column: number } => {
    const before = query.slice(0, at).split('\n');
    return { line: before.length, column: before.at(-1)?.length ?? 0 };
  };
  while (at < query.length) {
    part.lastIndex = at;
    const groups = part.exec(query)?.groups;
    if (groups === undefined) {
      throw new KqlFailure({ kind: 'sign', text: query.charAt(at), ...place() });
    }
    const { text, word, sign } = groups;
    if (text !== undefined) {
      tokens.push({ kind: 'text', text: text.slice(1, -1).replaceAll(/\\(.)/gu, '$1'), ...place() });
    } else if (word !== undefined || sign !== undefined) {
      tokens.push({ kind: word === undefined ? 'sign' : 'word', text: word ?? sign ?? '', ...place() });
    }
    at = part.lastIndex;
  }
  tokens.push({ kind: 'end', text: '<EOF>', ...place() });
  return tokens;
}
