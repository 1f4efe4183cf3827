import type { AirflowConnection } from '../connection/airflowConnection.ts';
import { identityKeys } from '../connection/identityKeys.ts';
import { connectionTypeOf } from '../connection/types/connectionTypes.ts';
import { secretOnlyTypes } from '../connection/types/secretOnlyTypes.ts';
import type { Diagnosis } from './language/diagnosis.ts';
import type { Knowledge } from './language/knowledge.ts';
import { KnowledgeFindings } from './language/knowledgeFindings.ts';
import { ownFindings } from './language/ownFindings.ts';
import { mergedFindings } from './language/partFinding.ts';
import type { FileContent, FoundConnection } from './projectFormat.ts';

/** Something that is wrong with a connection, wherever it stands: what the editor says of it, without a place in a text. */
export type ConnectionIssue = Pick<Diagnosis, 'severity' | 'message' | 'fixes'> & {
  /** Stable: users find it in the docs. */
  readonly code: string;
};

/** True for a connection of a type that reaches Azure, and for any that names a managed identity. */
export function isAzureConnection({ type, extra }: AirflowConnection): boolean {
  return connectionTypeOf(type) !== undefined || secretOnlyTypes().some(({ id }) => id === type) || Object.values(identityKeys).some((key) => key in extra);
}

/** Finds what is wrong with connections in the light of what is known of Azure. */
export function issueFinder(knowledge: Knowledge): (connection: AirflowConnection) => readonly ConnectionIssue[] {
  const known = new KnowledgeFindings(knowledge);
  return (connection) => mergedFindings([...ownFindings(connection), ...known.of(connection)]);
}

/** What is wrong with how a file says a connection. */
export function formatIssues({ entry }: FoundConnection, { findings }: Pick<FileContent, 'findings'>): readonly ConnectionIssue[] {
  return findings
    .filter(({ range }) => range.offset >= entry.offset && range.offset < entry.offset + entry.length)
    .map(({ code, severity, message, fixes }) => ({ code, severity, message, fixes: fixes.map((fix) => ({ ...fix, kind: 'edits', isSafe: true })) }));
}
