import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AirflowIdentityError } from '../errors.ts';
import { publicAudience } from './federatedCredential.ts';

/** The values that VS Code's setting `microsoft-sovereign-cloud.environment` takes, and what stands for none of them. */
export type CloudKind = 'public' | 'ChinaCloud' | 'USGovernment' | 'custom';

/** Where an Azure cloud is reached. URLs are https and end without a slash. */
export interface AzureCloud {
  readonly kind: CloudKind;
  /** The name that the Azure CLI knows it by; for a custom cloud the name given to it. */
  readonly name: string;
  /** Azure Resource Manager, for example `https://management.azure.com`. */
  readonly armEndpoint: string;
  /** The only host that an ARM token is sent to. */
  readonly armHost: string;
  /** What VS Code's provider is asked for. */
  readonly signInScope: string;
  /** What the Azure CLI and the environment are asked for. */
  readonly armScope: string;
  /** Microsoft Entra; `undefined` where `AZURE_AUTHORITY_HOST` or the SDK's own default decides. */
  readonly authorityHost: string | undefined;
  readonly portal: string;
}

/**
 * The public cloud. VS Code is asked for the scope of the Azure Resources extension (microsoft/vscode-azuretools `auth`),
 * so that VS Code's token cache serves both; the Azure CLI for the one that the ARM SDKs ask for. ARM takes both audiences,
 * and one of the two everywhere keeps each cache to one token per tenant.
 */
export const publicCloud: AzureCloud = {
  kind: 'public',
  name: 'AzureCloud',
  armEndpoint: 'https://management.azure.com',
  armHost: 'management.azure.com',
  signInScope: 'https://management.core.windows.net/.default',
  armScope: 'https://management.azure.com/.default',
  authorityHost: undefined,
  portal: 'https://portal.azure.com',
};

/** Endpoints: `@azure/ms-rest-azure-env` 2.0.0, whose names VS Code's setting takes. */
const chinaCloud: AzureCloud = {
  kind: 'ChinaCloud',
  name: 'AzureChinaCloud',
  armEndpoint: 'https://management.chinacloudapi.cn',
  armHost: 'management.chinacloudapi.cn',
  signInScope: 'https://management.core.chinacloudapi.cn/.default',
  armScope: 'https://management.chinacloudapi.cn/.default',
  authorityHost: 'https://login.chinacloudapi.cn',
  portal: 'https://portal.azure.cn',
};

const governmentCloud: AzureCloud = {
  kind: 'USGovernment',
  name: 'AzureUSGovernment',
  armEndpoint: 'https://management.usgovcloudapi.net',
  armHost: 'management.usgovcloudapi.net',
  signInScope: 'https://management.core.usgovcloudapi.net/.default',
  armScope: 'https://management.usgovcloudapi.net/.default',
  authorityHost: 'https://login.microsoftonline.us',
  portal: 'https://portal.azure.us',
};

const httpsUrl = v.pipe(v.string(), v.check(isHttpsUrl));

/** What is needed of `EnvironmentParameters` (`@azure/ms-rest-azure-env`), the content of `customEnvironment`. */
const customSchema = v.object({
  name: v.pipe(v.string(), v.minLength(1)),
  portalUrl: httpsUrl,
  managementEndpointUrl: httpsUrl,
  resourceManagerEndpointUrl: httpsUrl,
  activeDirectoryEndpointUrl: httpsUrl,
});

/** Which cloud a value of `microsoft-sovereign-cloud.environment` names; anything unknown is the public cloud, as VS Code takes it. */
export function cloudKind(environment: unknown): CloudKind {
  return environment === 'ChinaCloud' || environment === 'USGovernment' || environment === 'custom' ? environment : 'public';
}

/**
 * The cloud that VS Code's settings name.
 * @param customEnvironment value of `microsoft-sovereign-cloud.customEnvironment`
 * @throws AirflowIdentityError `invalidInput` when a custom cloud is not described in full, or not by https URLs.
 */
export function azureCloud(kind: CloudKind, customEnvironment: unknown): AzureCloud {
  switch (kind) {
    case 'public':
      return publicCloud;
    case 'ChinaCloud':
      return chinaCloud;
    case 'USGovernment':
      return governmentCloud;
    case 'custom':
      return customCloud(customEnvironment);
  }
}

/**
 * The name that the Azure CLI has to be told (`az cloud set`); `undefined` for the public cloud, to which it goes anyway. A custom
 * cloud is registered with the Azure CLI under a name of its own, most likely that of the settings.
 * @param customEnvironment value of `microsoft-sovereign-cloud.customEnvironment`
 */
export function azCloudName(kind: CloudKind, customEnvironment: unknown): string | undefined {
  switch (kind) {
    case 'public':
      return undefined;
    case 'ChinaCloud':
      return chinaCloud.name;
    case 'USGovernment':
      return governmentCloud.name;
    case 'custom': {
      const parsed = v.safeParse(v.pick(customSchema, ['name']), customEnvironment);
      return parsed.success ? parsed.output.name : undefined;
    }
  }
}

/**
 * The audience that Entra wants in federated credentials (Microsoft Entra docs: "Workload identity federation", Audience).
 * Custom clouds have one of their own, which no endpoint tells; the public one is only a start.
 */
export function federatedAudience(kind: CloudKind): string {
  switch (kind) {
    case 'ChinaCloud':
      return `${publicAudience}China`;
    case 'USGovernment':
      return `${publicAudience}USGov`;
    case 'public':
    case 'custom':
      return publicAudience;
  }
}

function customCloud(customEnvironment: unknown): AzureCloud {
  const parsed = v.safeParse(customSchema, customEnvironment);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new AirflowIdentityError(
      'invalidInput',
      l10n.t('The custom Azure cloud in your settings is incomplete: {0} is missing or no https URL.', v.getDotPath(issue) ?? 'customEnvironment'),
      { fix: l10n.t('Correct microsoft-sovereign-cloud.customEnvironment in the user settings.') },
    );
  }
  const { name, portalUrl, managementEndpointUrl, resourceManagerEndpointUrl, activeDirectoryEndpointUrl } = parsed.output;
  const arm = new URL(resourceManagerEndpointUrl);
  const scope = `${withoutSlash(managementEndpointUrl)}/.default`;
  return {
    kind: 'custom',
    name,
    armEndpoint: withoutSlash(arm.href),
    armHost: arm.host,
    signInScope: scope,
    armScope: scope,
    authorityHost: withoutSlash(activeDirectoryEndpointUrl),
    portal: withoutSlash(portalUrl),
  };
}

/** User names in a URL hide the host that it really leads to, so they are refused with everything that is not https. */
function isHttpsUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
