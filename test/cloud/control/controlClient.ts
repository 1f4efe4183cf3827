import { request } from 'node:http';
import type { AzureResource } from '../arm/azureResource.ts';
import type { FederatedCredential, ManagedIdentity } from '../arm/resources.ts';
import type { RoleAssignment } from '../arm/rights.ts';
import type { EnvironmentObject } from '../astro/environmentObjects.ts';
import type { IssuedToken } from '../entra/accessTokens.ts';
import type { UserToken, UserTokenRequest } from '../entra/userSignIn.ts';
import { isRecord, parseJson } from '../exchange.ts';
import type { Fault } from '../faults.ts';
import type { ServiceAccountToken, WantedServiceAccountToken } from '../oidc/serviceAccountTokens.ts';
import type { LogEntry } from '../requestLog.ts';
import type { Scale } from '../scale.ts';
import type { RefusedRequest } from '../world.ts';
import type { WorldSettings } from '../worldSettings.ts';

/** An account as the sign-in stand-in shows it. */
export interface AccountSummary {
  readonly id: string;
  readonly label: string;
  readonly displayName: string;
  readonly homeTenant: string;
  readonly tenants: readonly { readonly id: string; readonly displayName: string; readonly needsMfa: boolean }[];
}

/** What stands in the world about one identity. */
export type IdentityState = Omit<ManagedIdentity, 'credentials'> & { readonly id: string; readonly credentials: readonly FederatedCredential[] };

/** What stands in the world about one resource. */
export type ResourceState = AzureResource & { readonly id: string };

/** A resource to be made; its id names its type. */
export interface NewResource {
  readonly id: string;
  readonly location?: string;
  readonly kind?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly systemAssigned?: boolean;
  readonly userAssigned?: readonly string[];
  readonly containers?: readonly string[];
}

/** What stands in the world about one role assignment. */
export type RoleAssignmentState = Omit<RoleAssignment, 'role'> & { readonly roleId: string; readonly roleName: string };

/** The control host said no. `body` is its answer: for token requests Entra's error body. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const said = body['error_description'] ?? body['error'];
    super(`${status}: ${typeof said === 'string' ? said : JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

function send(proxyUrl: string, method: string, path: string, body: unknown): Promise<unknown> {
  const { hostname, port } = new URL(proxyUrl);
  return new Promise((resolve, reject) => {
    // The absolute form is what a proxy expects; no proxy variable is read, so this works in any process.
    const outgoing = request({ hostname, port, method, path: `http://control.localcloud${path}`, headers: { host: 'control.localcloud', connection: 'close' }, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 0;
        const value = text === '' ? undefined : parseJson(text);
        if (status < 300) {
          resolve(value);
        } else {
          reject(new ControlError(status, isRecord(value) ? value : {}));
        }
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Steers a cloud that runs in another process. Every method throws `ControlError` when the control host says no. */
export class ControlClient {
  readonly #proxyUrl: string;

  /** `proxyUrl` is `cloud.proxyUrl`, or HTTPS_PROXY of a process that was given `cloud.env`. */
  constructor(proxyUrl: string) {
    this.#proxyUrl = proxyUrl;
  }

  /** A user's ARM token; the error's `body` is Entra's where the tenant wants MFA or the session was revoked. */
  async userToken(wanted: UserTokenRequest): Promise<UserToken> {
    return (await this.#send('POST', '/tokens/user', wanted)) as UserToken;
  }

  /** A token for an app registration or a managed identity, without any proof. */
  async servicePrincipalToken(wanted: { clientId: string; scope?: string; expiresInSeconds?: number }): Promise<IssuedToken> {
    return (await this.#send('POST', '/tokens/servicePrincipal', wanted)) as IssuedToken;
  }

  /** A Kubernetes service account's token, signed by the issuer's key, or by that of the issuer `signedBy`. */
  async serviceAccountToken(wanted: WantedServiceAccountToken & { readonly signedBy?: string }): Promise<ServiceAccountToken> {
    return (await this.#send('POST', '/tokens/serviceAccount', wanted)) as ServiceAccountToken;
  }

  /** Who can sign in. */
  async accounts(): Promise<readonly AccountSummary[]> {
    return ((await this.#send('GET', '/accounts')) as { accounts: AccountSummary[] }).accounts;
  }

  /** Ends an account's session until somebody signs in again; with `tokens` also what was issued before. */
  async revokeSession(account: string, options: { tokens?: boolean } = {}): Promise<void> {
    await this.#send('POST', '/sessions/revoke', { account, ...options });
  }

  /** Sets one more fault. */
  async addFault(fault: Fault): Promise<void> {
    await this.#send('POST', '/faults', fault);
  }

  /** Takes all faults away. */
  async clearFaults(): Promise<void> {
    await this.#send('DELETE', '/faults');
  }

  /** Changes the services' behaviour. */
  async changeSettings(settings: Partial<WorldSettings>): Promise<WorldSettings> {
    return (await this.#send('POST', '/settings', settings)) as WorldSettings;
  }

  /** Moves the clock; gives its time in milliseconds since the Unix epoch. */
  async moveClock(move: { advanceMs?: number; set?: number; frozen?: boolean }): Promise<number> {
    return ((await this.#send('POST', '/clock', move)) as { now: number }).now;
  }

  /** Every request so far, without those to the control host. */
  async log(): Promise<readonly LogEntry[]> {
    return ((await this.#send('GET', '/log')) as { entries: LogEntry[] }).entries;
  }

  /** Empties the log and the list of refused hosts. */
  async clearLog(): Promise<void> {
    await this.#send('DELETE', '/log');
  }

  /** Requests for hosts that are not part of the world. */
  async refused(): Promise<readonly RefusedRequest[]> {
    return ((await this.#send('GET', '/refused')) as { requests: RefusedRequest[] }).requests;
  }

  /** What stands in the world about the identity of that client id. */
  async identity(clientId: string): Promise<IdentityState> {
    return (await this.#send('GET', `/state/identities/${encodeURIComponent(clientId)}`)) as IdentityState;
  }

  /** Takes an identity away, as a colleague in the portal would. */
  async removeIdentity(clientId: string): Promise<void> {
    await this.#send('DELETE', `/state/identities/${encodeURIComponent(clientId)}`);
  }

  /** Puts a credential into an identity without asking any rule. */
  async addCredential(clientId: string, credential: { name: string; issuer: string; subject: string; audience?: string }): Promise<void> {
    await this.#send('POST', `/state/identities/${encodeURIComponent(clientId)}/credentials`, credential);
  }

  /** Makes an identity, as a colleague in the portal would; what is left out is made up. */
  async addIdentity(identity: { subscriptionId: string; resourceGroup: string; name: string; location?: string; tags?: Record<string, string>; clientId?: string; principalId?: string }): Promise<IdentityState> {
    return (await this.#send('POST', '/state/identities', identity)) as IdentityState;
  }

  /** Makes a resource of the type that its id names. */
  async addResource(resource: NewResource): Promise<ResourceState> {
    return (await this.#send('POST', '/state/resources', resource)) as ResourceState;
  }

  /** What stands in the world about the resource of that ARM id. */
  async resource(id: string): Promise<ResourceState> {
    return (await this.#send('GET', `/state/resources?id=${encodeURIComponent(id)}`)) as ResourceState;
  }

  /** Takes a resource away. */
  async removeResource(id: string): Promise<void> {
    await this.#send('DELETE', `/state/resources?id=${encodeURIComponent(id)}`);
  }

  /** The roles that a principal holds. */
  async roleAssignments(principalId: string): Promise<readonly RoleAssignmentState[]> {
    return ((await this.#send('GET', `/state/roleAssignments?principalId=${encodeURIComponent(principalId)}`)) as { value: RoleAssignmentState[] }).value;
  }

  /** Gives a role, by its name or id, without asking any rule. */
  async addRoleAssignment(assignment: { principalId: string; scope: string; role: string; name?: string; principalType?: 'User' | 'Group' | 'ServicePrincipal'; description?: string; condition?: string }): Promise<RoleAssignmentState> {
    return (await this.#send('POST', '/state/roleAssignments', assignment)) as RoleAssignmentState;
  }

  /** Takes a role away. */
  async removeRoleAssignment(name: string): Promise<void> {
    await this.#send('DELETE', `/state/roleAssignments/${name}`);
  }

  /** Denies management actions at a scope, to everybody where no principal is named. */
  async addDenyAssignment(denial: { scope: string; actions: string[]; principalIds?: string[]; excludedIds?: string[] }): Promise<void> {
    await this.#send('POST', '/state/denyAssignments', denial);
  }

  /** What stands in the Environment Manager of all Astro organizations, secrets included. */
  async environmentObjects(): Promise<readonly EnvironmentObject[]> {
    return ((await this.#send('GET', '/state/environmentObjects')) as { value: EnvironmentObject[] }).value;
  }

  /** Writes a blob with text in it; `account` is a storage account's name. */
  async putBlob(blob: { account: string; container: string; name: string; body: string; contentType?: string }): Promise<void> {
    await this.#send('POST', '/state/blobs', blob);
  }

  /** Sets a secret; `vault` is a key vault's name. */
  async setSecret(secret: { vault: string; name: string; value: string }): Promise<void> {
    await this.#send('POST', '/state/secrets', secret);
  }

  /** Puts a fresh world in the place of this one; `filled`: with all its subscriptions made, which a measured request would otherwise wait for. */
  async reset(scale?: Scale, options: { filled?: boolean } = {}): Promise<void> {
    await this.#send('POST', '/reset', { ...(scale === undefined ? {} : { scale }), ...options });
  }

  #send(method: string, path: string, body?: unknown): Promise<unknown> {
    return send(this.#proxyUrl, method, path, body);
  }
}
