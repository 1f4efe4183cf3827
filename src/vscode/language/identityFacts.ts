import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { FoundRoles } from '../../identity/heldRoles.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { TrustIndex } from '../../trust/trustedWorkloads.ts';
import type { IdentityTrust } from '../../trust/trustedWorkloads.ts';
import type { KnownIdentity, Services } from '../services.ts';

/** How far an identity trusts a deployment. */
export interface DeploymentTrust extends Omit<IdentityTrust<ManagedIdentity>, 'identity'> {
  readonly deployment: Deployment;
}

type Ports = Pick<Services, 'identities' | 'deployments' | 'clouds' | 'roles' | 'log'>;

/**
 * What hovers and lenses say of an identity. Credentials, deployments and roles are read once, when somebody looks at a
 * connection, and silently: the log has what failed.
 */
export class IdentityFacts {
  readonly #ports: Ports;
  readonly #credentials = new Map<string, Promise<void>>();
  readonly #roles = new Map<string, Promise<FoundRoles | undefined>>();
  #deployments: Promise<void> | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** The identity that a client id, or a principal id, belongs to, as far as identities were listed. */
  identityOf(id: string): KnownIdentity | undefined {
    const wanted = id.toLowerCase();
    const known = this.#ports.identities.known();
    return known.find(({ identity }) => identity.clientId.toLowerCase() === wanted) ?? known.find(({ identity }) => identity.principalId.toLowerCase() === wanted);
  }

  /** The deployments that an identity trusts, wholly or in part; `undefined` while its credentials or the deployments are not known. */
  trustOf({ identity, credentials }: KnownIdentity): readonly DeploymentTrust[] | undefined {
    const deployments = this.#ports.deployments.known;
    if (credentials === undefined || deployments === undefined) {
      return undefined;
    }
    const index = new TrustIndex([{ identity, credentials }], this.#ports.clouds.audience);
    return deployments.flatMap((deployment) => index.identitiesTrusting(deployment).map(({ trusted, workloads, missing }) => ({ deployment, trusted, workloads, missing })));
  }

  /** Reads what `trustOf` lacks; resolves when it was tried. */
  async read({ identity, credentials }: KnownIdentity): Promise<void> {
    await Promise.all([credentials === undefined ? this.#readCredentials(identity) : undefined, this.#ports.deployments.known === undefined ? this.#readDeployments() : undefined]);
  }

  /** What an identity holds; `undefined` where that could not be read. */
  rolesOf({ identity }: KnownIdentity): Promise<FoundRoles | undefined> {
    const { principalId } = identity;
    const known = this.#roles.get(principalId) ?? this.#silently('roles', () => this.#ports.roles.roles({ ...identity, tenantId: identity.tenantId, principalId }, new AbortController().signal));
    this.#roles.set(principalId, known);
    return known;
  }

  /** Roles of a principal were changed, or nothing read so far counts any more. */
  forget(principalId?: string): void {
    if (principalId === undefined) {
      this.#credentials.clear();
      this.#roles.clear();
      this.#deployments = undefined;
    } else {
      this.#roles.delete(principalId);
    }
  }

  #readCredentials(identity: ManagedIdentity): Promise<void> {
    const key = `${identity.account.id} ${identity.id.toLowerCase()}`;
    const reading = this.#credentials.get(key) ?? this.#silently('credentials', () => this.#ports.identities.refreshIdentity(identity, new AbortController().signal));
    this.#credentials.set(key, reading);
    return reading;
  }

  #readDeployments(): Promise<void> {
    return (this.#deployments ??= this.#silently('deployments', async () => { await this.#ports.deployments.listAll(new AbortController().signal); }));
  }

  async #silently<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!isCancel(error)) {
        this.#ports.log.failure(`${what} for the editor`, toAirflowIdentityError(error));
      }
      return undefined;
    }
  }
}
