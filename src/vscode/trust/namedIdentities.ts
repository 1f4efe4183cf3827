import type { AirflowIdentityError } from '../../errors.ts';
import type { Clock } from '../../clock.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { FoundRoles } from '../../identity/heldRoles.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { SharedReads } from '../../sharedReads.ts';
import { TrustIndex } from '../../trust/trustedWorkloads.ts';
import type { IdentityTrust } from '../../trust/trustedWorkloads.ts';
import type { ListedDeployments } from '../deployments/listDeployments.ts';
import { Limiter } from '../limiter.ts';
import type { Log } from '../log.ts';
import type { RolesSource } from '../rights/rolesNode.ts';
import type { KnownIdentity, Services } from '../services.ts';

/** How far an identity trusts a deployment. */
export interface DeploymentTrust extends Omit<IdentityTrust<ManagedIdentity>, 'identity'> {
  readonly deployment: Deployment;
}

/** What knowing and reading take. */
export interface NamedIdentitiesPorts {
  readonly identities: Pick<Services['identities'], 'known' | 'refreshIdentity'>;
  readonly deployments: Pick<Services['deployments'], 'listed' | 'listAll'>;
  readonly clouds: Pick<Services['clouds'], 'audience'>;
  readonly roles: RolesSource;
  readonly log: Pick<Log, 'failure'>;
  readonly clock: Clock;
}

/** Who looks, and how. */
export interface Look {
  /** Aborted when nobody looks any more: what nobody else waits for is then no longer asked. */
  readonly signal: AbortSignal;
  /**
   * What is tried again at once: nothing where rows and lines are drawn again; what failed a moment ago where somebody points at
   * it; also what nobody was signed in to, where somebody refreshes.
   */
  readonly retries: 'nothing' | 'failures' | 'everything';
}

/** Rows and lines are drawn again with each key; for them, what failed is left alone so long, in ms. */
const pauseMs = 30_000;

/** Identities asked for their credentials at once. */
const atOnce = 5;

interface KnownTrust {
  readonly deployments: readonly Deployment[];
  readonly trust: readonly DeploymentTrust[];
}

/**
 * The identities that connections name: which they are, which deployments they trust, which roles they hold. One memory for
 * the editor and the Connections view. What is known of an identity counts as long as its listing; reads are silent (the log
 * has what failed), shared by all who look, and ended when nobody looks any more.
 */
export class NamedIdentities {
  readonly #ports: NamedIdentitiesPorts;
  readonly #reads: SharedReads<void>;
  /** When reads failed last, by their key. */
  readonly #failures = new Map<string, number>();
  #roles = new WeakMap<ManagedIdentity, SharedReads<FoundRoles>>();
  #trust = new WeakMap<KnownIdentity, KnownTrust>();
  #byClientId: { readonly known: readonly KnownIdentity[]; readonly map: Map<string, KnownIdentity> } | undefined;
  #session = new AbortController();

  constructor(ports: NamedIdentitiesPorts) {
    this.#ports = ports;
    this.#reads = new SharedReads(ports.clock, 0);
  }

  /** The identity of a client id, if it was listed. */
  identityOf(clientId: string): KnownIdentity | undefined {
    const known = this.#ports.identities.known();
    if (this.#byClientId?.known !== known) {
      this.#byClientId = { known, map: new Map() };
      for (const one of known) {
        const key = one.identity.clientId.toLowerCase();
        // The first of several accounts that see an identity stands for it.
        this.#byClientId.map.set(key, this.#byClientId.map.get(key) ?? one);
      }
    }
    return this.#byClientId.map.get(clientId.toLowerCase());
  }

  /** The identity that a client id, or wrongly a principal id, stands for. */
  meantBy(id: string): KnownIdentity | undefined {
    return this.identityOf(id) ?? this.#ports.identities.known().find(({ identity }) => identity.principalId.toLowerCase() === id.toLowerCase());
  }

  /**
   * The deployments that an identity trusts, wholly or in part; `undefined` while its credentials or the deployments are not
   * known. That it trusts none is only said where everything that the user is signed in to was listed.
   */
  trustOf(known: KnownIdentity): readonly DeploymentTrust[] | undefined {
    const { listed } = this.#ports.deployments;
    if (known.credentials === undefined || listed === undefined || listed.deployments.length === 0) {
      return undefined;
    }
    const { deployments } = listed;
    const before = this.#trust.get(known);
    const trust = before?.deployments === deployments ? before.trust : deployments.flatMap((deployment) => this.trustIn(known, deployment) ?? []);
    this.#trust.set(known, { deployments, trust });
    return trust.length === 0 && !isWhole(listed) ? undefined : trust;
  }

  /** How far an identity trusts one deployment; `undefined` where it does not, or its credentials are not known. */
  trustIn({ identity, credentials }: KnownIdentity, deployment: Deployment): DeploymentTrust | undefined {
    const [found] = new TrustIndex([{ identity, credentials }], this.#ports.clouds.audience).identitiesTrusting(deployment);
    return found && { deployment, trusted: found.trusted, workloads: found.workloads, missing: found.missing };
  }

  /** Reads what `trustOf` lacks for these identities; resolves when it was tried or nobody looks any more. */
  async read(named: readonly KnownIdentity[], look: Look): Promise<void> {
    if (named.length === 0) {
      return;
    }
    const limit = new Limiter(atOnce);
    await Promise.all([
      ...named.filter(({ credentials }) => credentials === undefined).map(({ identity }) => limit.run(() => this.#readCredentials(identity, look))),
      this.#areDeploymentsRead(look) ? undefined : this.#readDeployments(look),
    ]);
  }

  /** What an identity holds; `undefined` where that could not be read. Somebody asked for it. */
  async rolesOf({ identity }: KnownIdentity, signal: AbortSignal): Promise<FoundRoles | undefined> {
    const reads = this.#roles.get(identity) ?? new SharedReads<FoundRoles>(this.#ports.clock, Number.POSITIVE_INFINITY);
    this.#roles.set(identity, reads);
    const key = `roles of ${identity.name}`;
    return this.#silently(key, async () => {
      const found = await reads.read(key, (stop) => this.#ports.roles.roles(identity, this.#whileSignedIn(stop)), signal);
      if (found.unreadSubscriptions > 0 || !found.isSearched) {
        // The next look finds the rest.
        reads.forget();
      }
      return found;
    });
  }

  /** Roles of a principal were changed; or, without one, nothing read so far counts any more, and what is under way ends. */
  forget(principalId?: string): void {
    if (principalId !== undefined) {
      for (const { identity } of this.#ports.identities.known().filter((one) => one.identity.principalId === principalId)) {
        this.#roles.delete(identity);
      }
      return;
    }
    this.#session.abort();
    this.#session = new AbortController();
    this.#reads.forget();
    this.#failures.clear();
    this.#roles = new WeakMap();
    this.#trust = new WeakMap();
  }

  #areDeploymentsRead({ retries }: Look): boolean {
    const { listed } = this.#ports.deployments;
    return isWhole(listed) && (retries !== 'everything' || listed?.failures.length === 0);
  }

  async #readCredentials(identity: ManagedIdentity, look: Look): Promise<void> {
    await this.#readOnce(`credentials of ${identity.name}`, `${identity.account.id} ${identity.id.toLowerCase()}`, look, (signal) => this.#ports.identities.refreshIdentity(identity, signal));
  }

  async #readDeployments(look: Look): Promise<void> {
    await this.#readOnce('deployments', 'deployments', look, async (signal) => {
      const failure = (await this.#ports.deployments.listAll(signal)).failures.find(isLoss);
      if (failure !== undefined) {
        throw failure;
      }
    });
  }

  async #readOnce(what: string, key: string, { signal, retries }: Look, read: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock } = this.#ports;
    const failedAt = this.#failures.get(key);
    if (signal.aborted || (retries === 'nothing' && failedAt !== undefined && clock.now() < failedAt + pauseMs)) {
      return;
    }
    this.#failures.delete(key);
    // Its failure is told once, not to each who waits for it.
    await this.#silently(what, () => this.#reads.read(key, (stop) => this.#silently(what, () => read(this.#whileSignedIn(stop)), () => this.#failures.set(key, clock.now())), signal));
  }

  /** What was asked for by others than those signed in now is of no use. */
  #whileSignedIn(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#session.signal]);
  }

  async #silently<T>(what: string, read: () => Promise<T>, failed?: () => void): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!isCancel(error)) {
        failed?.();
        this.#ports.log.failure(what, toAirflowIdentityError(error));
      }
      return undefined;
    }
  }
}

/** Where nobody has signed in, nobody has deployments. */
function isLoss({ code }: AirflowIdentityError): boolean {
  return code !== 'signedOut';
}

function isWhole(listed: ListedDeployments | undefined): boolean {
  return listed !== undefined && !listed.failures.some(isLoss);
}
