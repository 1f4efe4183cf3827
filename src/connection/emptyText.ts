import type { AirflowConnection } from './airflowConnection.ts';
import { connectionTypeOf } from './types/connectionTypes.ts';

/** The field that a connection's type needs to be there and empty, where the connection has it so: `schema` of Service Bus. */
export function needsEmptyText(connection: AirflowConnection): string | undefined {
  const field = connectionTypeOf(connection.type)?.fields.find(({ place, fixed }) => fixed === '' && place !== 'extra' && connection[place] === '');
  return field?.place;
}
