import * as l10n from '@vscode/l10n';
import { connectionUri, queryParameters, readConnectionUri } from './connectionUri.ts';
import { splitUri } from './uriParts.ts';

/** Where Airflow reads a URI otherwise than it looks. */
export interface UriFinding {
  readonly code: 'uri-unreadable' | 'uri-scheme' | 'uri-path' | 'uri-host-case' | 'uri-text-value' | 'uri-parameters-dropped';
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The URI that reads as this one looks. */
  readonly mended: string | undefined;
}

/** What is wrong with a URI, though most of it raises no error (apache-airflow 3.3.2, `models/connection.py`, run). */
export function uriFindings(uri: string): readonly UriFinding[] {
  const scheme = /^([a-z][a-z0-9+.-]*_[a-z0-9+._-]*):\/\//i.exec(uri)?.[1];
  if (scheme !== undefined) {
    return [{
      code: 'uri-scheme', severity: 'error', mended: scheme.replaceAll('_', '-') + uri.slice(scheme.length),
      message: l10n.t('A URI scheme has no underscores: Airflow reads no connection type from "{0}". Write {1}; it arrives as {0}.', scheme, scheme.replaceAll('_', '-')),
    }];
  }
  const fields = readConnectionUri(uri);
  if (fields === undefined) {
    return [{ code: 'uri-unreadable', severity: 'error', message: l10n.t('Airflow cannot read this URI; its error says only that the connection is not defined.'), mended: undefined }];
  }
  const findings: UriFinding[] = [];
  const { host = '', schema = '' } = fields;
  const spelt = spelledHost(uri, host);
  if (host.includes('://') && schema !== '') {
    findings.push({
      code: 'uri-path', severity: 'warning', mended: connectionUri({ ...fields, host: `${spelt ?? host}/${schema}`, schema: '' }),
      message: l10n.t('The path "{0}" of the address is read as the schema of the connection. Percent-encode the whole address to keep it in the host.', schema),
    });
  } else if (spelt !== undefined) {
    findings.push({
      code: 'uri-host-case', severity: 'warning', mended: connectionUri({ ...fields, host: spelt }),
      message: l10n.t('The host is read in lower case, as {0}. Percent-encode its capitals to keep them.', host),
    });
  }
  const parameters = queryParameters(splitUri(uri).query);
  const dropped = parameters.has('__extra__') ? Array.from(parameters.keys()).filter((name) => name !== '__extra__') : [];
  if (dropped.length > 0) {
    findings.push({
      code: 'uri-parameters-dropped', severity: 'error', mended: connectionUri({ ...fields, extra: { ...Object.fromEntries(parameters.entries().filter(([name]) => name !== '__extra__')), ...fields.extra } }),
      message: l10n.t('Beside __extra__ Airflow drops every other parameter: {0}.', dropped.join(', ')),
    });
  }
  for (const [name, value] of parameters.has('__extra__') ? [] : parameters) {
    if (value === 'true' || value === 'false' || value === 'null') {
      findings.push({
        code: 'uri-text-value', severity: 'warning', mended: connectionUri({ ...fields, extra: { ...fields.extra, [name]: JSON.parse(value) as unknown } }),
        message: l10n.t('{0} arrives in tasks as the text "{1}", which counts as true. Only __extra__ carries other values than text.', name, value),
      });
    }
  }
  return findings;
}

/** The host as it is written, where that differs from how it is read in nothing but letter case. */
function spelledHost(uri: string, host: string): string | undefined {
  const at = host === '' ? -1 : uri.toLowerCase().indexOf(host.toLowerCase());
  const spelt = at === -1 ? host : uri.slice(at, at + host.length);
  return spelt === host ? undefined : spelt;
}
