import type { AirflowConnection } from '../connection/airflowConnection.ts';
import type { NamedIdentity } from '../connection/identityKeys.ts';
import { identityIn } from '../connection/identityKeys.ts';
import { signInNotes } from '../connection/signInNotes.ts';
import type { FormatRefusal, ProjectFormat } from './projectFormat.ts';
import { lineNumber } from './textLines.ts';

/** A connection of a project file that names a managed identity, as Airflow would read it. */
export interface StoredIdentityConnection extends NamedIdentity {
  readonly connection: AirflowConnection;
  /** Counted from 1. */
  readonly line: number;
  /** What keeps the connection from signing in as the identity, as sentences. */
  readonly notes: readonly string[];
}

/** The connections of a file that hold a client id in `extra`, whatever their type: 16 types of the provider read the same two keys. */
export function identityConnections(format: ProjectFormat, text: string): readonly StoredIdentityConnection[] | FormatRefusal {
  const content = format.read(text);
  return 'kind' in content
    ? content
    : content.connections.flatMap(({ connection, entry }) => {
        const identity = identityIn(connection);
        return identity === undefined ? [] : [{ ...identity, connection, line: lineNumber(text, entry.offset), notes: signInNotes(connection) }];
      });
}
