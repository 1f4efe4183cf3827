import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { isGuid } from '../../connection/guid.ts';
import type { ConnectionType } from '../../connection/connectionType.ts';
import { identityIn, identityKeys } from '../../connection/identityKeys.ts';
import { connectionTypeOf } from '../../connection/types/connectionTypes.ts';
import { isFilled } from '../../connection/types/fieldRules.ts';
import type { Fix } from './diagnosis.ts';
import type { KnownIdentity, Knowledge } from './knowledge.ts';
import type { PartFinding } from './partFinding.ts';
import { partsFix } from './partFinding.ts';

const clientPart = `extra.${identityKeys.clientId}`;
const tenantPart = `extra.${identityKeys.tenantId}`;

/** So many identities are offered in a menu; completions have the others. */
const offered = 3;

/** What is wrong with connections in the light of what is known beside their file. */
export class KnowledgeFindings {
  readonly #isComplete: boolean;
  readonly #byClientId: ReadonlyMap<string, KnownIdentity>;
  readonly #byPrincipalId: ReadonlyMap<string, KnownIdentity>;
  readonly #tenants: ReadonlySet<string>;
  readonly #recent: readonly KnownIdentity[];

  constructor({ identities, isComplete }: Knowledge) {
    this.#isComplete = isComplete;
    this.#byClientId = new Map(identities.map((identity) => [identity.clientId.toLowerCase(), identity]));
    this.#byPrincipalId = new Map(identities.map((identity) => [identity.principalId.toLowerCase(), identity]));
    this.#tenants = new Set(identities.map(({ tenantId }) => tenantId.toLowerCase()));
    this.#recent = identities.toSorted((a, b) => (b.lastUsed ?? 0) - (a.lastUsed ?? 0) || (a.name < b.name ? -1 : 1)).slice(0, offered);
  }

  /** What is wrong with a connection. Nothing is claimed that was not looked at. */
  of(connection: AirflowConnection): readonly PartFinding[] {
    return [...this.#clientFindings(connection), ...this.#halfFixes(connection), ...this.#secretFindings(connection)];
  }

  #clientFindings(connection: AirflowConnection): readonly PartFinding[] {
    const named = identityIn(connection);
    if (named === undefined || !isGuid(named.clientId)) {
      return [];
    }
    const identity = this.#byClientId.get(named.clientId.toLowerCase());
    if (identity !== undefined) {
      return tenantFindings(connection, identity, named.tenantId);
    }
    const meant = this.#byPrincipalId.get(named.clientId.toLowerCase());
    if (meant !== undefined) {
      return [{
        code: 'client-id-is-principal-id', severity: 'error', part: clientPart,
        message: l10n.t('This is the principal ID of {0}, which roles are given to. Connections need its client ID, {1}.', meant.name, meant.clientId),
        fixes: [identityFix(l10n.t('Write the client ID of {0}', meant.name), true, connection, meant)],
      }];
    }
    // An identity of a tenant that was not listed is none of our business.
    const isOfListedTenant = named.tenantId !== undefined && this.#tenants.has(named.tenantId.toLowerCase());
    return this.#isComplete && isOfListedTenant
      ? [{
          code: 'client-id-unknown', severity: 'information', part: clientPart,
          message: l10n.t('No identity that you can see in this tenant has this client ID. It may be an app registration, or an identity that was deleted.'),
          fixes: this.#offers(connection),
        }]
      : [];
  }

  /** A half identity is found without knowledge; which half is missing is known here. */
  #halfFixes(connection: AirflowConnection): readonly PartFinding[] {
    const named = identityIn(connection);
    const identity = isFilled(connection, tenantPart) ? undefined : this.#byClientId.get(named?.clientId.toLowerCase() ?? '');
    return identity === undefined
      ? []
      : [{ code: 'half-identity', severity: 'error', part: clientPart, message: '', fixes: [identityFix(l10n.t('Add the tenant of {0}', identity.name), true, connection, identity)] }];
  }

  #secretFindings(connection: AirflowConnection): readonly PartFinding[] {
    const type = connectionTypeOf(connection.type);
    if (type === undefined) {
      return [];
    }
    if (Object.values(identityKeys).some((key) => isFilled(connection, `extra.${key}`))) {
      return unreadSecret(type, connection);
    }
    const parts = Array.from(new Set(type.secrets.filter(({ applies }) => applies(connection)).flatMap(({ fields }) => fields)));
    const [part] = parts.filter((one) => isFilled(connection, one));
    return part === undefined
      ? []
      : [{
          code: 'secret-in-file', severity: 'information', part,
          message: l10n.t('A secret stands in this file. A managed identity needs none.'),
          fixes: this.#offers(connection, parts),
        }];
  }

  #offers(connection: AirflowConnection, without: readonly string[] = []): readonly Fix[] {
    return this.#recent.map((identity) => identityFix(l10n.t('Sign in as {0}', identity.name), false, connection, identity, without));
  }
}

/** What was left when an identity took a password's place; one that the hook still reads is `secret-wins`. */
function unreadSecret({ secrets }: ConnectionType, connection: AirflowConnection): readonly PartFinding[] {
  const isRead = secrets.some(({ fields, applies }) => fields.includes('password') && applies(connection));
  return isRead || !isFilled(connection, 'password')
    ? []
    : [{
        code: 'secret-in-file', severity: 'information', part: 'password',
        message: l10n.t('A secret stands in this file, and nothing reads it: tasks sign in as the identity.'),
        fixes: [partsFix(l10n.t('Remove {0}', 'password'), false, connection, {}, ['password'])],
      }];
}

function tenantFindings(connection: AirflowConnection, identity: KnownIdentity, tenantId: string | undefined): readonly PartFinding[] {
  return tenantId === undefined || !isGuid(tenantId) || tenantId.toLowerCase() === identity.tenantId.toLowerCase()
    ? []
    : [{
        code: 'tenant-mismatch', severity: 'error', part: tenantPart,
        message: l10n.t('{0} belongs to tenant {1}. In another one nobody knows it, and tasks fail when they sign in.', identity.name, identity.tenantId),
        fixes: [identityFix(l10n.t('Write the tenant of {0}', identity.name), true, connection, identity)],
      }];
}

function identityFix(title: string, isSafe: boolean, connection: AirflowConnection, { clientId, tenantId }: KnownIdentity, without: readonly string[] = []): Fix {
  return partsFix(title, isSafe, connection, { [clientPart]: clientId, [tenantPart]: tenantId }, without);
}
