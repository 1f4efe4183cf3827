import type { AirflowConnection } from './airflowConnection.ts';
import type { ConnectionField, ConnectionType } from './connectionType.ts';
import { identityIn } from './identityKeys.ts';

/** What is asked of a type to know the release. */
type TypeReleases = Pick<ConnectionType, 'fields' | 'minimumProvider'>;

/**
 * The first release of apache-airflow-providers-microsoft-azure that signs in with the connection's identity wherever the
 * connection can be used, such as `10.1.0` for object storage paths; `undefined` for connections without an identity.
 * @param type the connection's
 */
export function minimumProvider(connection: AirflowConnection, type: TypeReleases | undefined): string | undefined {
  return type === undefined || identityIn(connection) === undefined
    ? undefined
    : minimumOf(type, ({ id, place }) => ((place === 'extra' ? connection.extra[id] : connection[place]) ?? '') !== '');
}

/** The same for a connection of a type that is still being filled in. */
export function minimumOf(type: TypeReleases, isFilled: (field: ConnectionField) => boolean): string {
  return type.fields.filter(isFilled).reduce((newest, field) => (isNewer(field.minimumProvider, newest) ? field.minimumProvider : newest), type.minimumProvider);
}

/** Made once: it costs more than a thousand comparisons. */
const releases = new Intl.Collator('en', { numeric: true });

/** True when one release comes after another. */
export function isNewer(release: string | undefined, than: string): release is string {
  return release !== undefined && release !== than && releases.compare(release, than) > 0;
}
