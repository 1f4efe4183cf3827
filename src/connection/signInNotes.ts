import type { AirflowConnection } from './airflowConnection.ts';
import type { FindingCode } from './connectionFindings.ts';
import { connectionFindings } from './connectionFindings.ts';

const codes: ReadonlySet<FindingCode> = new Set(['half-identity', 'secret-wins', 'secret-only-type']);

/** What keeps a connection from signing in as its identity, as sentences: half of it, or a secret that wins. */
export function signInNotes(connection: AirflowConnection): readonly string[] {
  return connectionFindings(connection).filter(({ code }) => codes.has(code)).map(({ message }) => message);
}
