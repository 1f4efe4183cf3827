import type { AirflowConnection } from './airflowConnection.ts';
import { connectionTypeOf } from './types/connectionTypes.ts';

type Fields = Omit<AirflowConnection, 'connectionId'>;

/** The field that a connection's type needs to be there and empty, where the connection has it so: `schema` of Service Bus. */
export function needsEmptyText(connection: Fields): 'host' | 'schema' | 'login' | undefined {
  const field = connectionTypeOf(connection.type)?.fields.find(({ place, fixed }) => fixed === '' && place !== 'extra' && connection[place] === '');
  return field === undefined || field.place === 'extra' ? undefined : field.place;
}

/** A connection without empty text but where its type needs it: what came from a URI has it in place of null. */
export function withoutEmptyText<T extends Fields>(connection: T): T {
  const needed = needsEmptyText(connection);
  const filled = (field: 'host' | 'schema' | 'login' | 'password'): string | undefined => (field === needed ? connection[field] : connection[field] || undefined);
  return { ...connection, host: filled('host'), schema: filled('schema'), login: filled('login'), password: filled('password') };
}
