import type { AirflowConnection } from './airflowConnection.ts';
import { oneLine, parsedExtra } from './extraText.ts';
import { readAuthority, splitUri, unquoted } from './uriParts.ts';

/** A connection without its id, which every place gives in its own way. */
export type ConnectionFields = Omit<AirflowConnection, 'connectionId'>;

/** The parameter that carries all of `extra` as JSON; Airflow drops every other parameter beside it. */
const extraParameter = '__extra__';

/**
 * A connection as the URI that Airflow reads back: `Connection._parse_from_uri` of apache-airflow 3.3.2, checked by running
 * it. A URI has no null: what is `undefined` arrives as empty text where the URI has a place for it (host and schema, and the
 * login before a password). Values that are not text need `__extra__`, since a query holds only text.
 */
export function connectionUri({ type, host, schema, login, password, port, extra }: ConnectionFields): string {
  const user = login === undefined && password === undefined ? '' : `${quoted(login ?? '')}${password === undefined ? '' : `:${quoted(password)}`}@`;
  const query = queryOf(extra);
  const path = schema === undefined || schema === '' ? '/' : `/${quoted(schema)}`;
  return `${type.replaceAll('_', '-')}://${user}${quotedHost(host ?? '')}${port === undefined ? '' : `:${port}`}${path}${query === '' ? '' : `?${query}`}`;
}

/**
 * What Airflow reads from a URI in a task: query values are text. `undefined` where it refuses the URI, which in an
 * environment variable looks as if the connection did not exist.
 */
export function readConnectionUri(text: string): ConnectionFields | undefined {
  // Python's urlsplit strips these before anything else (bugs.python.org/issue43882).
  // oxlint-disable-next-line eslint/no-control-regex -- control characters are what is stripped
  const uri = text.replace(/^[\u0000- ]+/, '').replace(/[\t\r\n]/g, '');
  const schemes = uri.split('://').length - 1;
  const { scheme } = splitUri(uri);
  const hasProtocol = schemes === 2;
  const rest = uri.replaceAll(`${scheme}://`, hasProtocol ? '' : '//');
  const beforeProtocol = rest.split('://')[0] ?? '';
  if (schemes > 2 || (hasProtocol && /[@:]/.test(beforeProtocol))) {
    return undefined;
  }
  const parts = splitUri(rest);
  const authority = readAuthority(parts.authority);
  if (authority === undefined) {
    return undefined;
  }
  const host = hostOf(authority.hostname, parts.authority);
  return {
    type: connectionTypeIn(scheme),
    host: hasProtocol && host !== '' && parts.scheme !== '' ? `${parts.scheme}://${host}` : host,
    schema: unquoted(parts.path.slice(1)),
    login: authority.user === undefined ? undefined : unquoted(authority.user),
    password: authority.password === undefined ? undefined : unquoted(authority.password),
    port: authority.port,
    extra: extraOf(parts.query),
  };
}

/** `Connection._normalize_conn_type`: dashes stand for underscores. */
export function connectionTypeIn(scheme: string): string {
  return scheme === 'postgresql' ? 'postgres' : scheme.replaceAll('-', '_');
}

/** The parameters of a query, the last of each name, as Python's `parse_qsl` reads them. */
export function queryParameters(query: string): ReadonlyMap<string, string> {
  return new Map(query.split('&').filter((part) => part !== '').map((part) => {
    const [name = '', ...value] = part.split('=');
    return [unquoted(name.replaceAll('+', ' ')), unquoted(value.join('=').replaceAll('+', ' '))];
  }));
}

function extraOf(query: string): Readonly<Record<string, unknown>> {
  const parameters = queryParameters(query);
  const json = parameters.get(extraParameter);
  return json === undefined ? Object.fromEntries(parameters) : (parsedExtra(json) ?? {});
}

/** Plain parameters where text is all there is and stays text on Airflow's side, which reads each as JSON where it can. */
function queryOf(extra: AirflowConnection['extra']): string {
  const entries = Object.entries(extra);
  const isPlain = entries.every(([key, value]) => key !== extraParameter && typeof value === 'string' && !isJson(value));
  return isPlain
    ? entries.map(([key, value]) => `${quoted(key)}=${quoted(String(value))}`).join('&')
    : `${extraParameter}=${quoted(oneLine(JSON.stringify(extra)))}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Python's reader knows three words more.
    return /^\s*(?:NaN|-?Infinity)\s*$/.test(text);
  }
}

/** `_parse_netloc_to_hostname`: only a host with a slash in it keeps its capitals. */
function hostOf(hostname: string, authority: string): string {
  const host = unquoted(hostname);
  return host.includes('/') ? unquoted(authority.slice(authority.lastIndexOf('@') + 1).split(':')[0] ?? '') : host;
}

/** Capitals are encoded too: a host is read in lower case, but for what is encoded. */
function quotedHost(host: string): string {
  return quoted(host).replace(/%..|[A-Z]/g, (part) => (part.length > 1 ? part : `%${part.charCodeAt(0).toString(16)}`));
}

/** Percent-encodes all but letters, digits and `-._~`, as Python's `quote(text, safe="")` does. */
function quoted(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
