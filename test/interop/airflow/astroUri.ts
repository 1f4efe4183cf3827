/** The fields of a connection, by the names that the Astro CLI's settings have. */
export interface AstroFields {
  readonly conn_type: string;
  readonly conn_host: string;
  readonly conn_schema: string;
  readonly conn_login: string;
  readonly conn_password: string;
  readonly conn_port: number;
  readonly extra: string;
}

const schemeName = /^[A-Za-z][A-Za-z0-9+.-]*$/u;

/**
 * Cuts a URI as the Astro CLI does where an entry has no `conn_type` (astronomer/astro-cli `pkg/airflowenv`, `ConnFromURI`): with Go's
 * `net/url`, a second scheme where the host starts being the host's protocol. `undefined` where it refuses the URI and passes the
 * entry over. Letter case of the host stays, other than in Airflow, and a host with percent-encoded ASCII is refused (Go `net/url`, `unescape`).
 */
export function astroUriFields(uri: string): AstroFields | undefined {
  const [, scheme = '', behind = ''] = /^([^:]*):\/\/([^]*)$/u.exec(uri) ?? [];
  const [, leading, afterLeading = ''] = /^([^/?#]*?):\/\/([^]*)$/u.exec(behind) ?? [];
  if (!schemeName.test(scheme) || (leading !== undefined && (!schemeName.test(leading) || /^[^/?#]*:\/\//u.test(afterLeading)))) {
    return undefined;
  }
  const [, authority = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)(?:\?([^#]*))?/u.exec(leading === undefined ? behind : afterLeading) ?? [];
  const at = authority.lastIndexOf('@');
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/u.exec(authority.slice(at + 1)) ?? [];
  if (/%(?!25)[0-7]/u.test(host) || (host === '' && authority.slice(at + 1) !== '' && port === '')) {
    return undefined;
  }
  const [, login = '', password = ''] = /^([^:]*)(?::([^]*))?$/u.exec(at === -1 ? '' : authority.slice(0, at)) ?? [];
  const name = decodeURIComponent(host).replace(/^\[(.*)\]$/u, '$1');
  return {
    conn_type: scheme.toLowerCase() === 'postgresql' ? 'postgres' : scheme.toLowerCase().replaceAll('-', '_'),
    conn_host: leading === undefined || name === '' ? name : `${leading}://${name}`,
    conn_schema: decodeURIComponent(path).replace(/^\//u, ''),
    conn_login: decodeURIComponent(login),
    conn_password: decodeURIComponent(password),
    conn_port: Number(port),
    extra: extraOf(new URLSearchParams(query)),
  };
}

/** A query holds text; only `__extra__` alone holds other values. Of a parameter that stands twice the last one counts. */
function extraOf(query: URLSearchParams): string {
  const parameters = Object.fromEntries(query);
  const envelope = parameters['__extra__'];
  return Object.keys(parameters).length === 0 ? '' : (envelope !== undefined && query.size === 1 ? envelope : JSON.stringify(parameters));
}
