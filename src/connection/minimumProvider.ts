import type { AirflowConnection } from './airflowConnection.ts';
import type { ConnectionType } from './connectionType.ts';
import { identityIn } from './identityKeys.ts';

/**
 * The first release of apache-airflow-providers-microsoft-azure that signs in with the connection's identity wherever the
 * connection can be used, such as `10.1.0` for object storage paths; `undefined` for connections without an identity.
 * @param type the connection's
 */
export function minimumProvider(connection: AirflowConnection, type: Pick<ConnectionType, 'fields' | 'minimumProvider'> | undefined): string | undefined {
  if (type === undefined || identityIn(connection) === undefined) {
    return undefined;
  }
  const used = type.fields.filter(({ id, place }) => ((place === 'extra' ? connection.extra[id] : connection[place]) ?? '') !== '');
  return used.reduce((newest, field) => (isNewer(field.minimumProvider, newest) ? field.minimumProvider : newest), type.minimumProvider);
}

/** Made once: it costs more than a thousand comparisons. */
const releases = new Intl.Collator('en', { numeric: true });

/** True when one release comes after another. */
export function isNewer(release: string | undefined, than: string): release is string {
  return release !== undefined && release !== than && releases.compare(release, than) > 0;
}
