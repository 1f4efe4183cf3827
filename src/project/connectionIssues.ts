import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../connection/airflowConnection.ts';
import type { ConnectionFinding } from '../connection/connectionFindings.ts';
import { connectionFindings } from '../connection/connectionFindings.ts';
import { noConnection } from '../connection/connectionValues.ts';
import { identityChange, identityIn, identityKeys } from '../connection/identityKeys.ts';
import { connectionTypeOf } from '../connection/types/connectionTypes.ts';
import { secretOnlyTypes } from '../connection/types/secretOnlyTypes.ts';
import type { ManagedIdentity } from '../identity/managedIdentity.ts';
import type { FileContent, FoundConnection } from './projectFormat.ts';
import type { TextEdit } from './textEdit.ts';

/** What mends an issue: edits of the file, or what the connection is to say there. */
export type IssueFix = { readonly title: string } & (
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'connection'; readonly wanted: AirflowConnection; readonly without: readonly string[] }
);

/** Something that is wrong with a connection, where it stands. */
export interface ConnectionIssue {
  /** Stable: users find it in the docs. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** The first is the preferred one. */
  readonly fixes: readonly IssueFix[];
}

/** True for a connection of a type that reaches Azure, and for any that names a managed identity. */
export function isAzureConnection({ type, extra }: AirflowConnection): boolean {
  return connectionTypeOf(type) !== undefined || secretOnlyTypes().some(({ id }) => id === type) || Object.values(identityKeys).some((key) => key in extra);
}

/** What is wrong with a connection wherever it stands. */
export function connectionIssues(connection: AirflowConnection): readonly ConnectionIssue[] {
  return connectionFindings(connection).map((finding) => ({
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    fixes: finding.fix === undefined ? [] : [fixOf(connection, finding.fix)],
  }));
}

/** What is wrong with a connection and with how its file says it. */
export function foundIssues({ connection, entry }: FoundConnection, { findings }: Pick<FileContent, 'findings'>): readonly ConnectionIssue[] {
  const own = findings.filter(({ range }) => range.offset >= entry.offset && range.offset < entry.offset + entry.length);
  return [
    ...own.map(({ code, severity, message, fixes }) => ({ code, severity, message, fixes: fixes.map((fix) => ({ ...fix, kind: 'edits' as const })) })),
    ...connectionIssues(connection),
  ];
}

/**
 * What is wrong with the identity that a connection names, as far as identities are known: its principal id in place of the
 * client id, and the tenant of another one. A managed identity exists in one tenant alone.
 */
export function identityIssues(connection: AirflowConnection, identities: readonly Pick<ManagedIdentity, 'name' | 'clientId' | 'principalId' | 'homeTenantId'>[]): readonly ConnectionIssue[] {
  const named = identityIn(connection);
  if (named === undefined) {
    return [];
  }
  const is = (id: string): boolean => id.toLowerCase() === named.clientId.toLowerCase();
  const identity = identities.find(({ clientId }) => is(clientId));
  const principal = identities.find(({ principalId }) => is(principalId));
  const wanted = identity ?? principal;
  if (wanted === undefined) {
    return [];
  }
  const fixes = [{ kind: 'connection' as const, title: l10n.t('Write client and tenant ID of {0}', wanted.name), wanted: identityChange(connection, wanted.clientId, wanted.homeTenantId), without: [] }];
  if (identity === undefined) {
    return [{ code: 'client-id-is-principal-id', severity: 'error', message: l10n.t('This is the principal ID of {0}. Entra asks for its client ID.', wanted.name), fixes }];
  }
  return named.tenantId === undefined || named.tenantId.toLowerCase() === identity.homeTenantId.toLowerCase()
    ? []
    : [{ code: 'tenant-mismatch', severity: 'error', message: l10n.t('{0} belongs to another tenant than the one that is named here.', identity.name), fixes }];
}

function fixOf(connection: AirflowConnection, fix: NonNullable<ConnectionFinding['fix']>): IssueFix {
  const same = { ...noConnection(connection.connectionId), type: connection.type };
  switch (fix.kind) {
    case 'remove':
      return { kind: 'connection', title: l10n.t('Remove {0}', fix.parts.join(', ')), wanted: same, without: fix.parts };
    case 'rename':
      return {
        kind: 'connection',
        title: l10n.t('Rename to {0}', fix.to),
        wanted: { ...same, extra: { [fix.to]: connection.extra[fix.part.replace(/^extra\./, '')] } },
        without: [fix.part],
      };
    case 'set':
      return {
        kind: 'connection',
        title: l10n.t('Set {0}', fix.part),
        wanted: fix.part.startsWith('extra.') ? { ...same, extra: { [fix.part.slice('extra.'.length)]: fix.value } } : { ...same, [fix.part]: fix.value },
        without: [],
      };
  }
}
