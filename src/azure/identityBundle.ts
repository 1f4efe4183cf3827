import { AsyncLocalStorage } from 'node:async_hooks';
import { AzureCliCredential, EnvironmentCredential, WorkloadIdentityCredential } from '@azure/identity';
import type { TokenCredentialOptions } from '@azure/identity';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../clock.ts';
import { defaultSilenceMs, guardedHttpClient } from '../http/guardedHttpClient.ts';
import { requestLogPolicy } from '../http/requestLogPolicy.ts';
import type { AzureCloud } from '../identity/azureCloud.ts';
import type { RequestLog } from '../requestLog.ts';
import { credentialError } from './credentialErrors.ts';
import { CredentialTokens } from './credentialTokens.ts';
import type { WireFailures } from './credentialTokens.ts';

/*
 * Entry of dist/identity.js: signing in through the Azure CLI or the environment. Apart from dist/azure.js because
 * `@azure/identity` is larger than all the rest and most people sign in through VS Code.
 */

/** What the credentials need of their surroundings. */
export interface CredentialDependencies {
  readonly log: RequestLog;
  readonly clock: Clock;
  /** A change of the cloud wants new credentials. */
  readonly cloud: AzureCloud;
  /** The variables that decide which credential the environment holds; usually `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Token endpoints answer with a few KB. */
const maxAnswerBytes = 1024 * 1024;

/** Any tenant: which ones there are is known only after the first token. */
const anyTenant = { additionallyAllowedTenants: ['*'] };

/**
 * Tokens of the Azure CLI's account, or of the credential in the environment: a secret or certificate
 * (`EnvironmentCredential`), else a federated token (`WorkloadIdentityCredential`).
 *
 * @throws AirflowIdentityError `signedOut` when the environment holds an impossible credential, such as a tenant that is none.
 */
export function createCredentialTokens(kind: 'azureCli' | 'environment', dependencies: CredentialDependencies): CredentialTokens {
  const failures: WireFailures = new AsyncLocalStorage();
  const credential = kind === 'azureCli' ? new AzureCliCredential(anyTenant) : environmentCredential(dependencies, failures);
  return new CredentialTokens(kind, credential, failures, dependencies.cloud);
}

/** Sets the translations of this bundle: the text of `l10n/bundle.l10n.<language>.json`. */
export function configureText(bundle: string): void {
  l10n.config({ contents: bundle });
}

function environmentCredential(dependencies: CredentialDependencies, failures: WireFailures): TokenCredential {
  const { environment, cloud } = dependencies;
  const options: TokenCredentialOptions & { readonly disableInstanceDiscovery?: boolean } = {
    ...(cloud.authorityHost === undefined ? {} : { authorityHost: cloud.authorityHost }),
    // Microsoft's public list of authorities does not know private ones (`@azure/identity`, disableInstanceDiscovery).
    ...(cloud.kind === 'custom' ? { disableInstanceDiscovery: true } : {}),
    httpClient: rememberingHttpClient(failures),
    additionalPolicies: [{ policy: requestLogPolicy(dependencies), position: 'perRetry' }],
  };
  const hasFederatedTokenOnly =
    !!environment['AZURE_FEDERATED_TOKEN_FILE'] && !environment['AZURE_CLIENT_SECRET'] && !environment['AZURE_CLIENT_CERTIFICATE_PATH'];
  try {
    return hasFederatedTokenOnly ? new WorkloadIdentityCredential({ ...anyTenant, ...options }) : new EnvironmentCredential({ ...anyTenant, ...options });
  } catch (error) {
    throw credentialError('environment', error, { tenantId: undefined, cloud });
  }
}

function rememberingHttpClient(failures: WireFailures): HttpClient {
  const client = guardedHttpClient({ silenceMs: defaultSilenceMs, maxBytes: maxAnswerBytes });
  return {
    async sendRequest(request) {
      try {
        return await client.sendRequest(request);
      } catch (error) {
        const failure = failures.getStore();
        if (failure !== undefined) {
          failure.error = error;
        }
        throw error;
      }
    },
  };
}
