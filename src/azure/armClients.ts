import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { createSubscription } from '@azure/arm-resources-subscriptions/api';
import type { SubscriptionContext } from '@azure/arm-resources-subscriptions/api';
import type { TokenCredential } from '@azure/core-auth';
import { createPipelineFromOptions } from '@azure/core-rest-pipeline';
import type { Pipeline } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import { defaultSilenceMs, guardedHttpClient } from '../http/guardedHttpClient.ts';
import type { GuardedHttpClient } from '../http/guardedHttpClient.ts';
import { installPolicies } from '../http/servicePipeline.ts';
import type { AzureCloud } from '../identity/azureCloud.ts';
import type { TokenRequest } from '../identity/tokenPort.ts';
import type { RequestLog } from '../requestLog.ts';
import { armAuthenticationPolicy } from './armAuthentication.ts';
import type { ArmTokens } from './armTokens.ts';
import { armError } from './azureErrors.ts';
import type { GraphQuota } from './graphQuota.ts';

/** What all ARM clients share. */
export interface ArmConnection {
  readonly tokens: ArmTokens;
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly httpClient: GuardedHttpClient;
  /** Shared by all queries to Azure Resource Graph. */
  readonly graphQuota: GraphQuota;
  /** The cloud that is set at the moment. */
  readonly cloud: () => AzureCloud;
}

/** Whose token a request is sent with. */
export type Owner = Pick<TokenRequest, 'account' | 'tenantId'>;

/** ARM's largest pages are a few MB; this only keeps a broken answer from filling the memory. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** The HTTP client for ARM; `silenceMs` is the time without a byte after which ARM counts as silent. */
export function armHttpClient(silenceMs = defaultSilenceMs): GuardedHttpClient {
  return guardedHttpClient({ silenceMs, maxBytes: maxAnswerBytes });
}

/** The SDKs insist on a credential; tokens are put on by `armAuthenticationPolicy`, which knows the account and tenant. */
const unusedCredential: TokenCredential = { getToken: async () => null };

/**
 * The client of `@azure/arm-resources-subscriptions` for one account and tenant and one call. Clients are cheap; tokens
 * and connections live in `ArmConnection`.
 */
export function subscriptionClient(arm: ArmConnection, owner: Owner, signal: AbortSignal): SubscriptionContext {
  const client = createSubscription(unusedCredential, optionsOf(arm));
  install(client, arm, owner, signal);
  return client;
}

/** The client of `@azure/arm-msi` for one account and tenant and one call. */
export function identityClient(arm: ArmConnection, owner: Owner, subscriptionId: string, signal: AbortSignal): ManagedServiceIdentityClient {
  const client = new ManagedServiceIdentityClient(unusedCredential, subscriptionId, optionsOf(arm));
  install(client, arm, owner, signal);
  return client;
}

/** The pipeline of requests that no SDK makes, for one account and tenant and one call; see `armRequests.ts`. */
export function armPipeline(arm: ArmConnection, owner: Owner, signal: AbortSignal, options: { readonly postsRead?: boolean } = {}): Pipeline {
  const { userAgentOptions, redirectOptions } = optionsOf(arm);
  const pipeline = createPipelineFromOptions({ userAgentOptions, redirectOptions });
  install({ pipeline }, arm, owner, signal, options);
  return pipeline;
}

function optionsOf(arm: ArmConnection): { endpoint: string; httpClient: GuardedHttpClient; userAgentOptions: { userAgentPrefix: string }; redirectOptions: { maxRetries: number } } {
  return { endpoint: arm.cloud().armEndpoint, httpClient: arm.httpClient, userAgentOptions: { userAgentPrefix: arm.userAgent }, redirectOptions: { maxRetries: 0 } };
}

function install(client: { readonly pipeline: Pipeline }, arm: ArmConnection, owner: Owner, signal: AbortSignal, options: { readonly postsRead?: boolean } = {}): void {
  installPolicies(client.pipeline, {
    ...options,
    clock: arm.clock,
    log: arm.log,
    signal,
    translate: armError,
    authenticate: armAuthenticationPolicy({ tokens: arm.tokens, owner, log: arm.log, cloud: arm.cloud }),
  });
}
