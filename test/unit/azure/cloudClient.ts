import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Astro, Azure } from '../../../src/azure/azureBundle.ts';
import { createAstro, createAzure } from '../../../src/azure/azureBundle.ts';
import type { Clock } from '../../../src/clock.ts';
import type { AstroToken } from '../../../src/deployment/astroTokenPort.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { AzureCloud } from '../../../src/identity/azureCloud.ts';
import { publicCloud } from '../../../src/identity/azureCloud.ts';
import type { Account, IdentityRef, Subscription, TenantRef } from '../../../src/identity/managedIdentity.ts';
import type { AccessToken, TokenRequest } from '../../../src/identity/tokenPort.ts';
import type { RequestEntry, WaitEntry } from '../../../src/requestLog.ts';
import { ControlClient, ControlError } from '../../cloud/control/controlClient.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { startCloud } from '../../cloud/startCloud.ts';
import type { Cloud, CloudOptions } from '../../cloud/startCloud.ts';

const { dana, sam } = sample.accounts;

/** The sample world's accounts as the product sees them. */
export const accounts: { readonly dana: Account; readonly sam: Account } = {
  dana: { id: `${dana.objectId}.${sample.tenants.contoso.id}`, label: dana.label },
  sam: { id: `${sam.objectId}.${sample.tenants.fabrikam.id}`, label: sam.label },
};

/** Dana's eyes on Contoso. */
export const contoso: TenantRef = { account: accounts.dana, tenantId: sample.tenants.contoso.id };

/** A subscription of Contoso as Dana sees it. */
export function subscription(subscriptionId: string, tenant: TenantRef = contoso): Subscription {
  return { ...tenant, subscriptionId, displayName: 'any', state: 'Enabled' };
}

/** An identity of the sample world's production subscription. */
export function identityRef(name: string, resourceGroup: string = sample.groups.airflow, tenant: TenantRef = contoso): IdentityRef {
  return { ...tenant, subscriptionId: sample.subscriptions.production, resourceGroup, name };
}

/** The adapters in front of a local cloud, and everything that they reported. */
export interface CloudClient {
  readonly cloud: Cloud;
  readonly azure: Azure;
  readonly astro: Astro;
  readonly requests: RequestEntry[];
  readonly waits: WaitEntry[];
  /** Ends as soon as the adapters wait for the next time. */
  nextWait(): Promise<unknown>;
  /** What the token port was asked for. */
  readonly asked: TokenRequest[];
  /** How the next tokens are made; tests replace it. */
  issue: (request: TokenRequest) => Promise<AccessToken>;
  astroToken: AstroToken | undefined;
  /** Sets another Azure cloud, until the reset. */
  use(azureCloud: AzureCloud): void;
  /** A new world, and everything else as it was at the start. */
  reset(): Promise<void>;
  /** A new world, and nothing reported of the last one. */
  newWorld(): Promise<void>;
  stop(): Promise<void>;
}

/** The real time, and waits that are over at once. */
export const skippingClock: Clock = {
  now: () => Date.now(),
  sleep: async (_ms, signal) => signal?.throwIfAborted(),
};

/** How the sign-in of VS Code would answer; the world's own token endpoint decides. */
export async function issueFrom(cloud: Cloud, request: TokenRequest): Promise<AccessToken> {
  try {
    const { tenantId, account } = request;
    const token = await new ControlClient(cloud.proxyUrl).userToken({ account: account.id, ...(tenantId === undefined ? {} : { tenant: tenantId }) });
    return { token: token.accessToken, expiresOnTimestamp: token.expiresOn };
  } catch (error) {
    if (error instanceof ControlError && /AADSTS50076/.test(error.message)) {
      throw new AirflowIdentityError('interactionRequired', 'MFA', { cause: error });
    }
    throw new AirflowIdentityError('signedOut', 'No session', { cause: error });
  }
}

/**
 * Starts a local cloud and points this process at it the way its users do: by the proxy variables and a trusted CA. Both
 * are put back by `stop`.
 */
export async function connectToCloud(options: CloudOptions & { readonly clock?: Clock; readonly silenceMs?: number } = {}): Promise<CloudClient> {
  const cloud = await startCloud(options);
  let restore = pointProcessAt(cloud);
  const issue = (request: TokenRequest): Promise<AccessToken> => issueFrom(cloud, request);
  const astroToken: AstroToken = { token: sample.astro.tokens.organization, origin: 'secretStorage' };
  let azureCloudSet = publicCloud;
  const requests: RequestEntry[] = [];
  const waits: WaitEntry[] = [];
  const asked: TokenRequest[] = [];
  const reports = new EventEmitter();
  const log = {
    request: (entry: RequestEntry) => requests.push(entry),
    waiting: (entry: WaitEntry) => {
      waits.push(entry);
      reports.emit('wait');
    },
  };
  const surroundings = { log, clock: options.clock ?? skippingClock, userAgent: 'airflow-azure-identity/test', silenceMs: options.silenceMs ?? 5_000 };
  const client: CloudClient = {
    cloud,
    requests,
    waits,
    nextWait: () => once(reports, 'wait'),
    asked,
    issue,
    astroToken,
    azure: createAzure({
      ...surroundings,
      cloud: () => azureCloudSet,
      tokens: {
        token: (request) => {
          asked.push(request);
          return client.issue(request);
        },
      },
    }),
    astro: createAstro({ ...surroundings, tokens: { token: async () => client.astroToken } }),
    use: (azureCloud) => { azureCloudSet = azureCloud; },
    reset: async () => {
      azureCloudSet = publicCloud;
      restore();
      restore = pointProcessAt(cloud);
      await client.newWorld();
      Object.assign(client, { issue, astroToken });
    },
    newWorld: async () => {
      await new ControlClient(cloud.proxyUrl).reset();
      client.azure.forgetTokens();
      for (const report of [requests, waits, asked]) {
        report.length = 0;
      }
    },
    stop: async () => {
      restore();
      await cloud.stop();
    },
  };
  return client;
}

/** Sets the proxy variables and the CA of this process; gives what puts them back. */
export function pointProcessAt(cloud: Pick<Cloud, 'env' | 'caPath'>): () => void {
  const before = new Map(Object.keys(cloud.env).map((name) => [name, process.env[name]]));
  const trusted = getCACertificates('default');
  Object.assign(process.env, cloud.env);
  setDefaultCACertificates([...trusted, readFileSync(cloud.caPath, 'utf8')]);
  return () => {
    setDefaultCACertificates(trusted);
    for (const [name, value] of before) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  };
}

/** The error that the work ends with. @throws when it ends with another kind or none. */
export async function refusalOf(work: Promise<unknown>): Promise<AirflowIdentityError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AirflowIdentityError) {
      return error;
    }
    throw error;
  }
  throw new Error('It succeeded.');
}

/** A signal that nobody aborts. */
export function neverCanceled(): AbortSignal {
  return new AbortController().signal;
}
