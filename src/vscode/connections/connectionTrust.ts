import * as vscode from 'vscode';
import type { Deployment } from '../../deployment/deployment.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { IdentityTrust, TrustIndex } from '../../trust/trustedWorkloads.ts';
import type { TrustLookup } from '../deployments/trust/trustLookup.ts';
import type { KnownIdentity, Services } from '../services.ts';

/** A deployment that an identity trusts, wholly or in part. */
export interface TrustedDeployment extends Pick<IdentityTrust<ManagedIdentity>, 'missing'> {
  readonly deployment: Deployment;
}

/** What looking needs. */
export interface ConnectionTrustPorts {
  readonly services: Pick<Services, 'identities' | 'deployments' | 'signIn' | 'log'>;
  readonly trust: Pick<TrustLookup, 'index'>;
}

/** Which identities the connections name and which deployments those trust, as far as that is known or can be read without asking anybody. */
export class ConnectionTrust implements vscode.Disposable {
  readonly #ports: ConnectionTrustPorts;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChange: vscode.Event<void> = this.#changes.event;
  /** Of the last listing here, while nobody else listed them all. */
  #listed: readonly Deployment[] = [];
  #byIdentity: { readonly index: TrustIndex<ManagedIdentity>; readonly deployments: readonly Deployment[]; readonly trusted: ReadonlyMap<string, readonly TrustedDeployment[]> } | undefined;

  constructor(ports: ConnectionTrustPorts) {
    this.#ports = ports;
    const changed = (): void => { this.#changes.fire(); };
    this.#subscription = vscode.Disposable.from(ports.services.identities.onDidChange(changed), ports.services.deployments.onDidChangeKnown(changed));
  }

  /** The identity of a client id, if it was listed. */
  identityOf(clientId: string): KnownIdentity | undefined {
    return this.#ports.services.identities.known().find(({ identity }) => identity.clientId.toLowerCase() === clientId.toLowerCase());
  }

  /** What an identity trusts; `undefined` while its credentials or the deployments are not known. */
  trustedBy({ identity, credentials }: KnownIdentity): readonly TrustedDeployment[] | undefined {
    const deployments = this.#deployments();
    return credentials === undefined || deployments.length === 0 ? undefined : (this.#index(deployments).get(identity.id.toLowerCase()) ?? []);
  }

  /** Lists identities and deployments unless that was done, and reads the credentials of those that are named. What fails stays unknown. */
  async read(clientIds: readonly string[], signal: AbortSignal): Promise<void> {
    const { identities, deployments, signIn } = this.#ports.services;
    if (clientIds.length === 0 || (await signIn.accounts(signal)).length === 0) {
      return;
    }
    if (identities.known().length === 0) {
      await this.#tolerant('identities of connections', async () => { await identities.listAll(signal); });
    }
    if (this.#deployments().length === 0) {
      await this.#tolerant('deployments of connections', async () => { this.#listed = (await deployments.listAll(signal)).deployments; });
    }
    const named = new Map(clientIds.flatMap((clientId) => {
      const known = this.identityOf(clientId);
      return known === undefined || known.credentials !== undefined ? [] : [[known.identity.id, known.identity] as const];
    }));
    await Promise.all(Array.from(named.values(), (identity) => this.#tolerant(`credentials of ${identity.name}`, () => identities.refreshIdentity(identity, signal))));
    this.#changes.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  #deployments(): readonly Deployment[] {
    return this.#ports.services.deployments.known ?? this.#listed;
  }

  #index(deployments: readonly Deployment[]): ReadonlyMap<string, readonly TrustedDeployment[]> {
    const index = this.#ports.trust.index();
    if (this.#byIdentity?.index !== index || this.#byIdentity.deployments !== deployments) {
      const pairs = deployments.flatMap((deployment) => index.identitiesTrusting(deployment).map(({ identity, missing }) => ({ id: identity.id.toLowerCase(), deployment, missing })));
      this.#byIdentity = { index, deployments, trusted: Map.groupBy(pairs, ({ id }) => id) };
    }
    return this.#byIdentity.trusted;
  }

  async #tolerant(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isCancel(error)) {
        throw error;
      }
      this.#ports.services.log.failure(what, toAirflowIdentityError(error));
    }
  }
}
