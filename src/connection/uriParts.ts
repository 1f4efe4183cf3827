/** The parts of a URI as Python's `urllib.parse.urlsplit` cuts them, which is what Airflow reads URIs with. */
export interface UriParts {
  /** In lower case; empty where the text before the colon is no scheme: an underscore is enough for that. */
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** Cuts a URI into its parts; any text has some. */
export function splitUri(uri: string): UriParts {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(uri);
  const [, scheme = '', behind = uri] = match ?? [];
  const [beforeFragment = ''] = behind.split('#');
  const authority = /^\/\/([^/?]*)/.exec(beforeFragment)?.[1];
  const rest = authority === undefined ? beforeFragment : beforeFragment.slice(2 + authority.length);
  const mark = rest.indexOf('?');
  return {
    scheme: scheme.toLowerCase(),
    authority: authority ?? '',
    path: mark === -1 ? rest : rest.slice(0, mark),
    query: mark === -1 ? '' : rest.slice(mark + 1),
  };
}

/** What stands before the path: `user:password@hostname:port`. */
export interface Authority {
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** In lower case up to its first `%`, still encoded. */
  readonly hostname: string;
  readonly port: number | undefined;
}

/** Reads an authority as Python's `SplitResult` does; `undefined` where that raises: an odd bracket, a port that is none. */
export function readAuthority(text: string): Authority | undefined {
  if (text.includes('[') !== text.includes(']')) {
    return undefined;
  }
  const at = text.lastIndexOf('@');
  const userInfo = at === -1 ? undefined : text.slice(0, at);
  const colon = userInfo?.indexOf(':') ?? -1;
  const { hostname, port: portText } = hostAndPort(text.slice(at + 1));
  const port = portText === '' ? undefined : Number(portText);
  if (portText !== '' && (!/^\d+$/.test(portText) || Number(portText) > 65_535)) {
    return undefined;
  }
  return {
    user: colon === -1 ? userInfo : userInfo?.slice(0, colon),
    password: colon === -1 ? undefined : userInfo?.slice(colon + 1),
    hostname: hostname.replace(/^[^%]*/, (start) => start.toLowerCase()),
    port,
  };
}

function hostAndPort(text: string): { readonly hostname: string; readonly port: string } {
  const bracketed = /\[([^\]]*)\]?(.*)$/s.exec(text);
  const rest = bracketed === null ? text : (bracketed[2] ?? '');
  const colon = rest.indexOf(':');
  return {
    hostname: bracketed === null ? (colon === -1 ? text : text.slice(0, colon)) : (bracketed[1] ?? ''),
    port: colon === -1 ? '' : rest.slice(colon + 1),
  };
}

/** Undoes percent-encoding; what is no UTF-8 becomes U+FFFD, as Python's `unquote` has it. */
export function unquoted(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(encoded.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))));
}
